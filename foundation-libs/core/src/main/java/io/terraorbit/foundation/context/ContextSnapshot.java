package io.terraorbit.foundation.context;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * All that held for a thread at one moment, to make it hold on another. Immutable, and safe for
 * many threads.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class ContextSnapshot {
  private static final List<ContextCarrier> CARRIERS =
      ServiceLoader.load(ContextCarrier.class, ContextSnapshot.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  private final Context context;
  private final List<Object> carried;

  private ContextSnapshot(Context context, List<Object> carried) {
    this.context = context;
    this.carried = carried;
  }

  /** What holds for this thread now. */
  public static ContextSnapshot capture() {
    List<Object> carried = new ArrayList<>(CARRIERS.size());
    CARRIERS.forEach(carrier -> carried.add(carrier.capture()));
    return new ContextSnapshot(Context.current(), carried);
  }

  /** Runs every task with what held where it was handed over. */
  public static Executor following(Executor executor) {
    return task -> executor.execute(capture().wrap(task));
  }

  /** Makes it hold for this thread until the scope is closed, by the same thread. */
  public Scope attach() {
    Deque<Scope> scopes = new ArrayDeque<>();
    try {
      scopes.push(context.attach());
      for (int i = 0; i < carried.size(); i++) {
        scopes.push(CARRIERS.get(i).restore(carried.get(i)));
      }
    } catch (RuntimeException e) {
      close(scopes, e);
      throw e;
    }
    return () -> close(scopes, null);
  }

  /** Closes them all, the last opened first, even if some cannot be. */
  private static void close(Deque<Scope> scopes, @Nullable RuntimeException earlier) {
    @Nullable RuntimeException failure = earlier;
    while (!scopes.isEmpty()) {
      try {
        scopes.pop().close();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null && earlier == null) {
      throw failure;
    }
  }

  /** Does something with what this holds, and gives what that gives. */
  public <T, E extends Exception> T call(Work<T, E> work) throws E {
    return Context.within(attach(), work);
  }

  /** The same task, run with what this holds. */
  public Runnable wrap(Runnable task) {
    return () ->
        call(
            () -> {
              task.run();
              return this;
            });
  }

  /** The same task, run with what this holds. */
  public <T> Callable<T> wrap(Callable<T> task) {
    return () -> call(task::call);
  }
}
