package io.terraorbit.foundation.context;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The values that belong to a call: its deadline, its principal, its ids. Immutable; each thread
 * has a current one.
 *
 * <pre>{@code
 * Context.current().with(TENANT, "acme").run(() -> work()); // and all that it calls sees the tenant
 * }</pre>
 *
 * <p>It does not follow work to another thread by itself: {@link ContextSnapshot} takes it there.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Context {
  private static final Context EMPTY = new Context(Map.of());
  private static final ThreadLocal<@Nullable Context> CURRENT = new ThreadLocal<>();

  private final Map<ContextKey<?>, Object> values;

  private Context(Map<ContextKey<?>, Object> values) {
    this.values = values;
  }

  /** A context without values. */
  public static Context empty() {
    return EMPTY;
  }

  /** What holds for this thread now. */
  public static Context current() {
    Context current = CURRENT.get();
    return current == null ? EMPTY : current;
  }

  /** The value of a key, if there is one. */
  public <T> Optional<T> find(ContextKey<T> key) {
    @Nullable Object value = values.get(key);
    return value == null ? Optional.empty() : Optional.of(key.cast(value));
  }

  /** The same with one more value, or with another one for that key. */
  public <T> Context with(ContextKey<T> key, T value) {
    Map<ContextKey<?>, Object> more = new HashMap<>(values);
    more.put(key, value);
    return new Context(more);
  }

  /** The same without that key's value. */
  public Context without(ContextKey<?> key) {
    if (!values.containsKey(key)) {
      return this;
    }
    Map<ContextKey<?>, Object> fewer = new HashMap<>(values);
    fewer.remove(key);
    return new Context(fewer);
  }

  /** Does something with this as the current context. */
  public void run(Runnable work) {
    call(
        () -> {
          work.run();
          return this;
        });
  }

  /** Does something with this as the current context, and gives what that gives. */
  public <T, E extends Exception> T call(Work<T, E> work) throws E {
    return within(attach(), work);
  }

  /** Does something and closes the scope, come what may. */
  static <T, E extends Exception> T within(Scope scope, Work<T, E> work) throws E {
    try {
      return work.run();
    } finally {
      scope.close();
    }
  }

  /**
   * Makes this the current context of this thread until the scope is closed, where begin and end
   * are apart, as in an interceptor; else {@link #run} and {@link #call} are safer.
   *
   * @return to be closed by the same thread, inner scopes first
   * @throws IllegalStateException on closing, if an inner scope is still open or it is another
   *     thread: then nothing is changed, as a value of one call in another is worse than an error
   */
  public Scope attach() {
    @Nullable Context before = CURRENT.get();
    Thread owner = Thread.currentThread();
    CURRENT.set(this);
    return () -> {
      if (Thread.currentThread() != owner || CURRENT.get() != this) {
        throw new IllegalStateException(
            "a scope is closed by the thread that opened it, after those inside it; this one was"
                + " opened by '%s' and closed by '%s'"
                    .formatted(owner.getName(), Thread.currentThread().getName()));
      }
      if (before == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(before);
      }
    };
  }
}
