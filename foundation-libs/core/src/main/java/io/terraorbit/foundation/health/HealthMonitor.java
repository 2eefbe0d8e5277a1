package io.terraorbit.foundation.health;

import io.terraorbit.foundation.time.Scheduler;
import io.terraorbit.foundation.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apiguardian.api.API;

/**
 * Asks all checks at once, when somebody wants to know, and answers within a bound. Safe for many
 * threads.
 *
 * <p>However many ask, a check runs at most once at a time and its answer is kept for a while, so
 * that a flood of probes does no harm to what they ask about. A check that does not answer in time
 * counts as down, and is not asked again before it has come back.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class HealthMonitor implements AutoCloseable {
  private static final long IDLE_SECONDS = 30;

  private final ExecutorService threads;
  private final List<Probe> probes;

  private HealthMonitor(ExecutorService threads, List<Probe> probes) {
    this.threads = threads;
    this.probes = probes;
  }

  /**
   * Watches over some checks.
   *
   * @param checks each with a name of its own
   * @param timeout longest time a check may take
   * @param fresh how long an answer is kept; zero to ask each time
   * @param scheduler for the timeouts; remains the caller's
   * @throws IllegalArgumentException if two checks have one name
   */
  public static HealthMonitor open(
      List<? extends HealthCheck> checks,
      Duration timeout,
      Duration fresh,
      TimeSource time,
      Scheduler scheduler) {
    List<String> names = checks.stream().map(HealthCheck::name).toList();
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("each health check has a name of its own, got " + names);
    }
    AtomicInteger count = new AtomicInteger();
    int most = Math.max(1, checks.size());
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            most,
            most,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(most),
            task -> {
              Thread thread = new Thread(task, "health-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    List<Probe> probes = new ArrayList<>();
    checks.forEach(check -> probes.add(new Probe(check, timeout, fresh, time, scheduler, threads)));
    return new HealthMonitor(threads, probes);
  }

  /**
   * How everything is. Waits for the checks whose answers are not fresh, at most as long as one of
   * them may take.
   */
  public HealthReport report() {
    List<Probe.Asked> asked = probes.stream().map(Probe::ask).toList();
    Map<String, Health> found = new LinkedHashMap<>();
    boolean ready = true;
    for (int i = 0; i < asked.size(); i++) {
      HealthCheck check = probes.get(i).check();
      Health health = asked.get(i).await();
      found.put(check.name(), health);
      ready &= health.serves() || !check.affectsReadiness();
    }
    return new HealthReport(ready, found);
  }

  /** Interrupts checks that run. Whoever asks from now on is told that all is down. Idempotent. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
