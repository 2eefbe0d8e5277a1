package io.terraorbit.foundation.chaos.scenario;

import io.terraorbit.foundation.harness.environment.ApiFault;
import io.terraorbit.foundation.harness.environment.ObjectRef;
import io.terraorbit.foundation.harness.environment.Service;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What an operation does. Immutable. Texts within resources and references may be expressions, such
 * as {@code ($ns)}; a {@code timeout} overrides the scenario's.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public sealed interface Action {
  /** A few words for people, such as {@code apply Workspace/team-a}. */
  String describe();

  /** Creates each resource, or merges it into the one that is there. */
  record Apply(List<Map<String, Object>> resources, Optional<Duration> timeout) implements Action {
    @Override
    public String describe() {
      return "apply " + Words.resources(resources);
    }
  }

  /** Waits until each tree matches an object. */
  record Assert(List<Map<String, Object>> trees, Optional<Duration> timeout) implements Action {
    @Override
    public String describe() {
      return "assert " + Words.resources(trees);
    }
  }

  /** Waits until no object matches any of the trees; {@code error} in the file. */
  record AssertNone(List<Map<String, Object>> trees, Optional<Duration> timeout) implements Action {
    @Override
    public String describe() {
      return "error " + Words.resources(trees);
    }
  }

  /** Sends each resource as a merge patch to the object that it names. */
  record Patch(List<Map<String, Object>> resources, String subresource, Optional<Duration> timeout)
      implements Action {
    @Override
    public String describe() {
      return "patch " + Words.resources(resources);
    }
  }

  /** Waits for something to become true of an object. */
  record Wait(ObjectRef target, Until until, Optional<Duration> timeout) implements Action {
    @Override
    public String describe() {
      return "wait for %s of %s".formatted(until.describe(), Words.object(target));
    }
  }

  /** Deletes an object and waits until it is gone. */
  record Delete(ObjectRef target, Optional<Duration> timeout) implements Action {
    @Override
    public String describe() {
      return "delete " + Words.object(target);
    }
  }

  /** Lets time pass. */
  record Sleep(Duration duration) implements Action {
    @Override
    public String describe() {
      return "sleep " + Words.duration(duration);
    }
  }

  /** Disturbs the links of all replicas to a service, also of those that start later. */
  record DisturbLinks(String id, Service service, LinkToxic toxic) implements Action {
    @Override
    public String describe() {
      return "fault '%s': %s on %s".formatted(id, toxic.type(), service.key());
    }
  }

  /** Disturbs the Kubernetes API. */
  record DisturbApi(ApiFault fault) implements Action {
    @Override
    public String describe() {
      return "fault '%s' on the Kubernetes API".formatted(fault.id());
    }
  }

  /**
   * Ends one fault, or all.
   *
   * @param id empty for all
   */
  record Heal(Optional<String> id) implements Action {
    @Override
    public String describe() {
      return "heal " + id.map("'%s'"::formatted).orElse("all");
    }
  }

  /**
   * Kills the replica that holds a lease as a crash would.
   *
   * @param when the write after which it dies; empty for now
   * @param restartAfter when another takes its place; empty for never
   */
  record KillLeader(
      String namespace, String lease, Optional<WriteMatch> when, Optional<Duration> restartAfter)
      implements Action {
    /** What the history calls it. */
    String id() {
      return "killLeader " + lease;
    }

    @Override
    public String describe() {
      return "killLeader %s%s".formatted(lease, when.map(write -> " " + write).orElse(""));
    }
  }

  /** Shows the cluster's Events. */
  record ShowEvents() implements Action {
    @Override
    public String describe() {
      return "events";
    }
  }

  /** Shows the newest entries of the history. */
  record ShowHistory(int last) implements Action {
    @Override
    public String describe() {
      return "history";
    }
  }

  /**
   * A network fault in Toxiproxy's words.
   *
   * @param stream Toxiproxy's word for the half of the connection: towards the client is down
   * @param attributes as Toxiproxy's JSON has them, in its units
   * @param toxicity the share of connections that it acts on
   */
  record LinkToxic(String type, String stream, Map<String, Object> attributes, double toxicity) {}

  /** What is waited for. */
  sealed interface Until {
    String describe();

    /** The object exists. */
    record Created() implements Until {
      @Override
      public String describe() {
        return "creation";
      }
    }

    /** The object does not exist. */
    record Deleted() implements Until {
      @Override
      public String describe() {
        return "deletion";
      }
    }

    /** A condition of its status has the value. */
    record Condition(String name, String value) implements Until {
      @Override
      public String describe() {
        return "%s=%s".formatted(name, value);
      }
    }
  }
}
