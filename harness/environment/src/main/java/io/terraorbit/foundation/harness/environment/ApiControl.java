package io.terraorbit.foundation.harness.environment;

import java.util.List;
import org.apiguardian.api.API;

/** The strings behind an in-process Kubernetes API: see every write, disturb requests. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface ApiControl {
  /** Adds an observer for the time until the handle is closed. */
  AutoCloseable observe(ApiObserver observer);

  /**
   * Arms a fault; it acts on requests that arrive from now on, and on open watches if it says so.
   */
  ApiFaultHandle inject(ApiFault fault);

  /** What became of the faults so far, in the order in which they were armed. */
  List<ApiFaultReport> faults();

  /**
   * Cuts a user off as a crash would: from the return of this call on, no write of the user's is
   * committed and no answer or event reaches them; open connections are dropped. May be called from
   * within an {@link ApiObserver}: then the reply to the very write that is observed is withheld,
   * too. Not reversible; a restarted process is another user.
   */
  void revoke(String user);

  /** The store's newest revision. */
  long revision();
}
