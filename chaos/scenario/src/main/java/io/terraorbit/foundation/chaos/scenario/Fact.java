package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.controller.Cause;
import io.terraorbit.foundation.harness.environment.ApiCommit;
import io.terraorbit.foundation.harness.environment.ApiRejection;
import io.terraorbit.foundation.harness.environment.ObjectRef;
import io.terraorbit.foundation.harness.environment.Service;
import io.terraorbit.foundation.json.Values;
import io.terraorbit.foundation.kubernetes.ObjectKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * Something that became visible in a run. Immutable.
 *
 * <p>Times within are microseconds. An object's body is not among the fields: whoever writes a
 * recording stores it by its hash.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public sealed interface Fact {
  /** The word in a recording, such as {@code rev}. */
  String kind();

  /** What a recording says of it, as JSON values. */
  Map<String, Object> fields();

  /** A write took effect in the Kubernetes store. */
  record Revision(ApiCommit commit) implements Fact {
    @Override
    public String kind() {
      return "rev";
    }

    /** Whether more changed than the version and who manages which field. */
    public boolean effective() {
      return commit.before() == null
          || commit.change() == ApiCommit.Change.DELETED
          || !essence(commit.before()).equals(essence(commit.after()));
    }

    /** The lease's holder after this write; empty when nobody holds it, or it is no lease. */
    String leaseHolder() {
      return commit.change() == ApiCommit.Change.DELETED
          ? ""
          : Values.string(commit.after(), "spec", "holderIdentity").orElse("");
    }

    boolean isLease() {
      return commit.object().kind().equals("Lease");
    }

    private static Map<String, Object> essence(Map<String, Object> object) {
      Map<String, Object> unmanaged = Values.without(object, "metadata", "managedFields");
      return Values.without(unmanaged, "metadata", "resourceVersion");
    }

    @Override
    public Map<String, Object> fields() {
      Map<String, Object> fields = fieldsOf("rv", commit.revision(), "actor", commit.user());
      fields.put("verb", commit.verb());
      fields.put("subresource", commit.subresource());
      fields.put("change", commit.change().name());
      fields.put("object", object(commit.object()));
      fields.put("uid", Values.string(commit.after(), "metadata", "uid").orElse(""));
      fields.put("effective", effective());
      return fields;
    }
  }

  /** A fault refused a request. */
  record Rejected(ApiRejection rejection) implements Fact {
    @Override
    public String kind() {
      return "api";
    }

    @Override
    public Map<String, Object> fields() {
      Map<String, Object> fields = fieldsOf("actor", rejection.user(), "verb", rejection.verb());
      fields.put("object", object(rejection.object()));
      fields.put("code", (long) rejection.code());
      fields.put("fault", rejection.faultId());
      return fields;
    }
  }

  /** A key was queued, or one more cause was merged into it. */
  record Queued(String replica, String controller, ObjectKey key, Cause cause) implements Fact {
    @Override
    public String kind() {
      return "q.add";
    }

    @Override
    public Map<String, Object> fields() {
      Map<String, Object> fields = fieldsOf("replica", replica, "controller", controller);
      fields.put("key", key.toString());
      fields.put("cause", causeFields(cause));
      return fields;
    }
  }

  /** A reconcile began. */
  record ReconcileStarted(
      String replica,
      String controller,
      ObjectKey key,
      String id,
      int failures,
      List<Cause> causes,
      Duration waited)
      implements Fact {
    public ReconcileStarted {
      causes = List.copyOf(causes);
    }

    @Override
    public String kind() {
      return "rec.start";
    }

    @Override
    public Map<String, Object> fields() {
      Map<String, Object> fields = fieldsOf("replica", replica, "controller", controller);
      fields.put("key", key.toString());
      fields.put("id", id);
      fields.put("attempt", failures + 1L);
      fields.put("causes", causes.stream().map(Fact::causeFields).toList());
      fields.put("waited", micros(waited));
      return fields;
    }
  }

  /**
   * A reconcile ended.
   *
   * @param error what it threw; empty when it did not
   */
  record ReconcileEnded(
      String replica,
      String controller,
      ObjectKey key,
      String id,
      String result,
      Duration took,
      String error)
      implements Fact {
    @Override
    public String kind() {
      return "rec.end";
    }

    @Override
    public Map<String, Object> fields() {
      Map<String, Object> fields = fieldsOf("replica", replica, "controller", controller);
      fields.put("key", key.toString());
      fields.put("id", id);
      fields.put("result", result);
      fields.put("took", micros(took));
      fields.put("error", error);
      return fields;
    }
  }

  /**
   * A replica believes that it leads from now on, or no more.
   *
   * @param detail the term's fencing token, or why the term ended
   */
  record Leadership(String replica, String lease, boolean leads, String detail) implements Fact {
    @Override
    public String kind() {
      return "lead";
    }

    @Override
    public Map<String, Object> fields() {
      Map<String, Object> fields = fieldsOf("replica", replica, "lease", lease);
      fields.put("phase", leads ? "acquire" : "lose");
      fields.put("detail", detail);
      return fields;
    }
  }

  /**
   * A fault acts from now on, or a trap is set.
   *
   * @param target what it acts on, such as {@code postgres}
   */
  record FaultOn(String id, String type, String target, Map<String, Object> parameters)
      implements Fact {
    public FaultOn {
      parameters = Map.copyOf(parameters);
    }

    @Override
    public String kind() {
      return "fault.on";
    }

    @Override
    public Map<String, Object> fields() {
      Map<String, Object> fields = fieldsOf("id", id, "type", type);
      fields.put("target", target);
      fields.put("parameters", parameters);
      return fields;
    }
  }

  /**
   * A fault acted on something for the first time: on a connection, a request, a replica.
   *
   * @param replica whose it was; empty when it was nobody's we know
   */
  record FaultHit(String id, String replica, String what) implements Fact {
    @Override
    public String kind() {
      return "fault.hit";
    }

    @Override
    public Map<String, Object> fields() {
      Map<String, Object> fields = fieldsOf("id", id, "replica", replica);
      fields.put("what", what);
      return fields;
    }
  }

  /** A fault was healed. */
  record FaultOff(String id, long hits) implements Fact {
    @Override
    public String kind() {
      return "fault.off";
    }

    @Override
    public Map<String, Object> fields() {
      return fieldsOf("id", id, "hits", hits);
    }
  }

  /**
   * A replica's life.
   *
   * @param lease the lease that its replicas elect on, as {@code namespace/name}, or empty
   */
  record ReplicaLife(String replica, String controller, String lease, Turn turn, String detail)
      implements Fact {
    /** What happened to it. */
    public enum Turn {
      START,
      STOP,
      KILL,
      FAILED
    }

    @Override
    public String kind() {
      return "proc";
    }

    @Override
    public Map<String, Object> fields() {
      Map<String, Object> fields = fieldsOf("replica", replica, "controller", controller);
      fields.put("lease", lease);
      fields.put("phase", turn.name().toLowerCase(Locale.ROOT));
      fields.put("detail", detail);
      return fields;
    }
  }

  /**
   * A step or one of its operations moved on.
   *
   * @param operation empty for the step itself
   * @param line of the operation in the scenario's file; 0 for the step itself
   */
  record StepProgress(String step, String operation, int line, Stage stage, String detail)
      implements Fact {
    /** How far it is. */
    public enum Stage {
      BEGIN,
      PASS,
      FAIL
    }

    @Override
    public String kind() {
      return "step";
    }

    @Override
    public Map<String, Object> fields() {
      Map<String, Object> fields = fieldsOf("step", step, "operation", operation);
      fields.put("line", (long) line);
      fields.put("phase", stage.name().toLowerCase(Locale.ROOT));
      fields.put("detail", detail);
      return fields;
    }
  }

  /** A check was judged. */
  record Invariant(String check, String verdict, String reason) implements Fact {
    @Override
    public String kind() {
      return "inv";
    }

    @Override
    public Map<String, Object> fields() {
      Map<String, Object> fields = fieldsOf("check", check, "verdict", verdict);
      fields.put("reason", reason);
      return fields;
    }
  }

  /** A service answers. */
  record ServiceUp(Service service, String backend, String version, Duration startup)
      implements Fact {
    @Override
    public String kind() {
      return "env";
    }

    @Override
    public Map<String, Object> fields() {
      Map<String, Object> fields = fieldsOf("service", service.key(), "backend", backend);
      fields.put("version", version);
      fields.put("startup", micros(startup));
      return fields;
    }
  }

  /** The runner got somewhere; see {@link Milestone}. */
  record Reached(Milestone milestone) implements Fact {
    @Override
    public String kind() {
      return "mark";
    }

    @Override
    public Map<String, Object> fields() {
      return Map.of("milestone", milestone.name().toLowerCase(Locale.ROOT));
    }
  }

  private static Map<String, Object> fieldsOf(
      String key1, Object value1, String key2, Object value2) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(key1, value1);
    fields.put(key2, value2);
    return fields;
  }

  private static Map<String, Object> object(ObjectRef object) {
    Map<String, Object> fields = fieldsOf("apiVersion", object.apiVersion(), "kind", object.kind());
    fields.put("namespace", object.namespace());
    fields.put("name", object.name());
    return fields;
  }

  private static Map<String, Object> causeFields(Cause cause) {
    return fieldsOf("type", cause.type(), "detail", cause.detail());
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
