package io.terraorbit.foundation.harness.environment;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * A fault at the level of the Kubernetes API. Immutable.
 *
 * <p>Several may be armed at once. A request meets first all delays and foreign writes that select
 * it, then the oldest of the faults that decide on its answer. A watch meets all faults of watches
 * that select it.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public sealed interface ApiFault {
  /** The longest time that anything is held back by a fault of its own accord. */
  Duration MAX_DELAY = Duration.ofMinutes(10);

  /** Name in records and messages. */
  String id();

  /** Which requests it acts on, if they are of a verb that it can act on. */
  RequestMatch match();

  /** Which of those it hits. */
  CallSelection selection();

  /** Whether a real server may do it. */
  default Legality legality() {
    return Legality.LEGAL;
  }

  /** Whether it can act on a request; only such requests are counted as calls. */
  default boolean actsOn(ApiRequest request) {
    return match().matches(request);
  }

  /**
   * Refuses a request before anything is stored.
   *
   * <p>A conflict is legal on an update only: a real server tries patches without a resourceVersion
   * again by itself, and a create finds an object or not.
   *
   * @param retryAfter what the client is told to wait, in whole seconds; only some refusals tell it
   */
  record Reject(
      String id, RequestMatch match, CallSelection selection, Refusal refusal, Duration retryAfter)
      implements ApiFault {
    public Reject {
      if (refusal == Refusal.CONFLICT) {
        requireVerb(id, "a conflict", match, "update", "patch", "apply", "create", "delete");
      }
      if (retryAfter.compareTo(Duration.ofSeconds(1)) < 0
          || retryAfter.compareTo(MAX_DELAY) > 0
          || !retryAfter.equals(Duration.ofSeconds(retryAfter.toSeconds()))) {
        throw Mistake.of(
            "FAULT_RETRY_AFTER_INVALID",
            "the fault '%s' tells clients to wait %s".formatted(id, retryAfter),
            "The header Retry-After has whole seconds, here 1 to %d"
                .formatted(MAX_DELAY.toSeconds()),
            "Choose such a time.");
      }
    }

    public Reject(String id, RequestMatch match, CallSelection selection, Refusal refusal) {
      this(id, match, selection, refusal, Duration.ofSeconds(1));
    }

    /**
     * Refuses the first requests with the Status that a real server sends for a code.
     *
     * @param code 409, 429, 500, 503 or 504
     * @param count how many matching requests are refused; one or more
     */
    public Reject(String id, RequestMatch match, int code, int count) {
      this(id, match, CallSelection.first(count), Refusal.ofCode(code));
    }

    /** The HTTP status that is answered. */
    public int code() {
      return refusal.code();
    }

    /** How many requests it refuses at most. */
    public int count() {
      return (int) Math.min(selection.limit(), Integer.MAX_VALUE);
    }

    @Override
    public Legality legality() {
      return refusal != Refusal.CONFLICT || match.verb().equals("update")
          ? Legality.LEGAL
          : Legality.STRESS;
    }
  }

  /** How a request is refused. */
  enum Refusal {
    /** The optimistic lock failed. */
    CONFLICT(409),
    TOO_MANY_REQUESTS(429),
    INTERNAL_ERROR(500),
    /** HTTP 500 with the reason ServerTimeout: clients may try again. */
    SERVER_TIMEOUT(500),
    UNAVAILABLE(503),
    TIMEOUT(504);

    private final int code;

    Refusal(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }

    static Refusal ofCode(int code) {
      return Arrays.stream(values())
          .filter(refusal -> refusal.code == code)
          .findFirst()
          .orElseThrow(
              () ->
                  Mistake.of(
                      "FAULT_CODE_UNKNOWN",
                      "a request is to be refused with the code %d".formatted(code),
                      "A fault refuses with 409, 429, 500, 503 or 504",
                      "Choose one of these."));
    }
  }

  /** Serves a request only after a while; a watch begins only then. */
  record Delay(String id, RequestMatch match, CallSelection selection, Duration delay)
      implements ApiFault {
    public Delay {
      requireDelay(id, delay);
    }
  }

  /**
   * Commits a write, and does not say so. A write that is refused is no call: its refusal is
   * answered.
   */
  record CommitThenFail(String id, RequestMatch match, CallSelection selection, Loss loss)
      implements ApiFault {
    public CommitThenFail {
      requireVerb(
          id,
          "a write that fails after its commit",
          match,
          "write",
          "create",
          "update",
          "patch",
          "apply",
          "delete",
          "deletecollection");
    }

    @Override
    public boolean actsOn(ApiRequest request) {
      return !request.reads() && match.matches(request);
    }
  }

  /** What the client of a committed write is told. */
  enum Loss {
    /** 500, InternalError. */
    INTERNAL_ERROR,
    /** 504, Timeout. */
    TIMEOUT,
    /** Nothing: the connection is closed. */
    CLOSED
  }

  /**
   * Ends watches.
   *
   * @param afterEvents how many events, bookmarks not counted, each delivers before, from when the
   *     fault meets it; 0 for an end at once
   */
  record BreakWatch(
      String id,
      RequestMatch match,
      CallSelection selection,
      WatchScope scope,
      int afterEvents,
      WatchEnd end)
      implements ApiFault {
    public BreakWatch {
      requireVerb(id, "an end of watches", match, "watch");
      requireCount(id, afterEvents);
    }

    @Override
    public boolean actsOn(ApiRequest request) {
      return isWatch(request) && match.matches(request);
    }
  }

  /** Which watches a fault meets. */
  enum WatchScope {
    /** Those that are open when the fault is armed, in the order in which they were opened. */
    OPEN,
    /** Those that are opened later. */
    NEW,
    ALL
  }

  /** How a watch ends. */
  enum WatchEnd {
    /** As at its time-out: the answer is complete. */
    CLEAN,
    /** The connection breaks in the middle of the answer. */
    CUT
  }

  /**
   * Says that a revision is too old: to watches with an ERROR event of code 410, to lists that
   * continue or ask for an exact revision with HTTP 410. Requests that ask for no old revision are
   * no calls.
   *
   * @param scope which watches
   */
  record Expire(String id, RequestMatch match, CallSelection selection, WatchScope scope)
      implements ApiFault {
    public Expire {
      requireVerb(id, "an expired revision", match, "watch", "list");
      if (match.verb().equals("list") && scope == WatchScope.OPEN) {
        throw Mistake.of(
            "FAULT_SCOPE_EMPTY",
            "the fault '%s' acts on lists, and only on open watches".formatted(id),
            "No request is both",
            "Use the verb watch, or the scope NEW or ALL.");
      }
    }
  }

  /**
   * Withholds bookmarks from watches, open and new, until it is healed.
   *
   * @param initialToo also the one that closes the initial events, which a real server always
   *     sends: without it, some clients wait for ever
   */
  record StarveBookmarks(String id, RequestMatch match, CallSelection selection, boolean initialToo)
      implements ApiFault {
    public StarveBookmarks {
      requireVerb(id, "missing bookmarks", match, "watch");
    }

    @Override
    public Legality legality() {
      return initialToo ? Legality.STRESS : Legality.LEGAL;
    }

    @Override
    public boolean actsOn(ApiRequest request) {
      return isWatch(request) && match.matches(request);
    }
  }

  /**
   * Holds the events of watches back until it is healed, then delivers them in their order. A watch
   * on which more waits than the server keeps is ended, as for any slow reader.
   *
   * @param afterEvents how many events each delivers before, from when the fault meets it
   */
  record HoldEvents(
      String id, RequestMatch match, CallSelection selection, WatchScope scope, int afterEvents)
      implements ApiFault {
    public HoldEvents {
      requireVerb(id, "held events", match, "watch");
      requireCount(id, afterEvents);
    }

    @Override
    public boolean actsOn(ApiRequest request) {
      return isWatch(request) && match.matches(request);
    }
  }

  /** Delivers each event of watches, open and new, later by the same time; their order is kept. */
  record DelayEvents(String id, RequestMatch match, CallSelection selection, Duration delay)
      implements ApiFault {
    public DelayEvents {
      requireVerb(id, "late events", match, "watch");
      requireDelay(id, delay);
    }

    @Override
    public boolean actsOn(ApiRequest request) {
      return isWatch(request) && match.matches(request);
    }
  }

  /**
   * Shows an older revision to reads that allow it: those with resourceVersion 0, and those that
   * want something not older than a revision, which then is the oldest that they are shown.
   *
   * <p>What one fault shows never goes back. Compared with reads that it did not hit it may, as for
   * a client that is moved to a server which lags behind; clients must cope with that.
   *
   * @param revision the one that is shown; 0 if {@code lag} says which
   * @param lag how many revisions behind the newest; 0 if {@code revision} says which
   * @param newestToo also to reads without resourceVersion, which a real server never does
   */
  record StaleView(
      String id,
      RequestMatch match,
      CallSelection selection,
      long revision,
      long lag,
      boolean newestToo)
      implements ApiFault {
    public StaleView {
      requireVerb(id, "an old state", match, "get", "list", "watch");
      if (revision < 0 || lag < 0 || (revision == 0) == (lag == 0)) {
        throw Mistake.of(
            "FAULT_VIEW_UNCLEAR",
            "the fault '%s' shows revision %d, and %d behind the newest"
                .formatted(id, revision, lag),
            "One of the two says what is shown, and the other is 0",
            "Give a revision of 1 or more, or a lag of 1 or more.");
      }
    }

    /** Shows one revision. */
    public static StaleView pinned(
        String id, RequestMatch match, CallSelection selection, long revision) {
      return new StaleView(id, match, selection, revision, 0, false);
    }

    /** Shows what was there some revisions ago. */
    public static StaleView lagging(
        String id, RequestMatch match, CallSelection selection, long lag) {
      return new StaleView(id, match, selection, 0, lag, false);
    }

    /** The same, shown also to reads that ask for the newest state. */
    public StaleView toNewestToo() {
      return new StaleView(id, match, selection, revision, lag, true);
    }

    @Override
    public Legality legality() {
      return newestToo ? Legality.STRESS : Legality.LEGAL;
    }

    @Override
    public boolean actsOn(ApiRequest request) {
      return request.reads() && match.matches(request);
    }
  }

  /**
   * Changes the object of a request by another user's merge patch, just before the request is
   * served, so that a client that asks for the version which it has read meets a real conflict.
   *
   * @param patch RFC 7396, of JSON values, not empty
   * @param user who writes, for those who watch over writes
   */
  record ForeignWrite(
      String id,
      RequestMatch match,
      CallSelection selection,
      Map<String, Object> patch,
      String user)
      implements ApiFault {
    public ForeignWrite {
      requireVerb(
          id, "a foreign write", match, "get", "update", "patch", "apply", "write", "delete");
      if (patch.isEmpty()) {
        throw Mistake.of(
            "FAULT_PATCH_EMPTY",
            "the foreign write of the fault '%s' changes nothing".formatted(id),
            "Only a change makes a conflict",
            "Give a merge patch, such as {metadata: {annotations: {touched: 'yes'}}}.");
      }
      patch = Collections.unmodifiableMap(new LinkedHashMap<>(patch));
    }

    @Override
    public boolean actsOn(ApiRequest request) {
      return switch (request.verb()) {
        case "get", "update", "patch", "apply", "delete" ->
            !request.object().name().isEmpty() && match.matches(request);
        default -> false;
      };
    }
  }

  private static boolean isWatch(ApiRequest request) {
    return request.verb().equals("watch");
  }

  private static void requireVerb(String id, String what, RequestMatch match, String... possible) {
    List<String> verbs = List.of(possible);
    String verb = match.verb().equals("write") ? "update" : match.verb();
    if (!verb.isEmpty() && !verbs.contains(verb)) {
      throw Mistake.of(
          "FAULT_VERB_MISMATCH",
          "the fault '%s' acts on the verb '%s'".formatted(id, match.verb()),
          "%s happens to %s only"
              .formatted(
                  Character.toUpperCase(what.charAt(0)) + what.substring(1),
                  String.join(", ", verbs)),
          "Name such a verb, or leave it empty for all of them.");
    }
  }

  private static void requireDelay(String id, Duration delay) {
    if (delay.isNegative() || delay.isZero() || delay.compareTo(MAX_DELAY) > 0) {
      throw Mistake.of(
          "FAULT_DELAY_OUT_OF_RANGE",
          "the fault '%s' delays by %s".formatted(id, delay),
          "A delay is above zero and at most %s".formatted(MAX_DELAY),
          "Choose a delay in this range.");
    }
  }

  private static void requireCount(String id, int events) {
    if (events < 0) {
      throw Mistake.of(
          "FAULT_EVENTS_NEGATIVE",
          "the fault '%s' acts after %d events".formatted(id, events),
          "Events are counted from 0",
          "Give 0 to act at once, or the number of events that are let through.");
    }
  }
}
