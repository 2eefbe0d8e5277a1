package io.terraorbit.foundation.context;

/** A library that keeps a note per thread. */
public final class NotesCarrier implements ContextCarrier {
  static final ThreadLocal<String> NOTE = ThreadLocal.withInitial(() -> "");
  static final String POISON = "cannot be restored";

  @Override
  public Object capture() {
    return NOTE.get();
  }

  @Override
  public Scope restore(Object captured) {
    if (captured.equals(POISON)) {
      throw new IllegalStateException(POISON);
    }
    String before = NOTE.get();
    NOTE.set((String) captured);
    return () -> NOTE.set(before);
  }
}
