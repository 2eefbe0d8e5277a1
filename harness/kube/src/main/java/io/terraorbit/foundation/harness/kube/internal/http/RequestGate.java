package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.harness.environment.ApiFault.Loss;
import io.terraorbit.foundation.harness.environment.ApiRejection;
import io.terraorbit.foundation.harness.environment.ApiRequest;
import io.terraorbit.foundation.harness.environment.ObjectRef;
import io.terraorbit.foundation.harness.kube.internal.access.Gatekeeper;
import io.terraorbit.foundation.harness.kube.internal.access.RequestInfo;
import io.terraorbit.foundation.harness.kube.internal.faults.Ask;
import io.terraorbit.foundation.harness.kube.internal.faults.FaultPlan;
import io.terraorbit.foundation.harness.kube.internal.faults.Struck;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import io.terraorbit.foundation.harness.kube.internal.verbs.Cluster;
import io.terraorbit.foundation.harness.kube.internal.verbs.Patch;
import io.terraorbit.foundation.harness.kube.internal.verbs.Target;
import io.terraorbit.foundation.harness.kube.internal.verbs.WriteOptions;
import io.terraorbit.foundation.harness.kube.internal.verbs.WriteOptions.FieldValidation;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.JsonSyntaxException;
import io.terraorbit.foundation.json.Values;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** What every request passes before it is served: is it let through? Safe for many threads. */
final class RequestGate {
  private final Cluster cluster;
  private final Gatekeeper gatekeeper;
  private final FaultPlan faults;
  private final Consumer<ApiRejection> rejections;

  RequestGate(
      Cluster cluster, Gatekeeper gatekeeper, FaultPlan faults, Consumer<ApiRejection> rejections) {
    this.cluster = cluster;
    this.gatekeeper = gatekeeper;
    this.faults = faults;
    this.rejections = rejections;
  }

  Reply pass(WireRequest received, Function<WireRequest, Reply> serve) {
    cluster.users().check(received.user());
    WireRequest request = received.by(gatekeeper.acting(received.caller(), received.headers()));
    cluster.users().check(request.user());
    gatekeeper.authorize(request.caller(), request.decisive());
    RequestInfo info = request.info();
    Optional<ResourceType> type =
        info.isResource()
            ? cluster.catalog().find(info.group(), info.version(), info.resource())
            : Optional.empty();
    if (faults.idle() && request.method().equals("POST")) {
      return granting(serve).apply(request);
    }
    return type.isEmpty() ? serve.apply(request) : disturbed(request, info, type.get(), serve);
  }

  private Reply disturbed(
      WireRequest request,
      RequestInfo info,
      ResourceType type,
      Function<WireRequest, Reply> serve) {
    Ask ask = ask(request, info, type);
    Struck struck = faults.strike(ask);
    Duration delay = struck.delay();
    return delay.isZero()
        ? served(request, type, ask, struck, serve)
        : new Reply.Later(delay, () -> served(request, type, ask, struck, serve));
  }

  private Reply served(
      WireRequest request,
      ResourceType type,
      Ask ask,
      Struck struck,
      Function<WireRequest, Reply> serve) {
    ObjectRef object = ask.request().object();
    struck.interfere(
        (user, patch) ->
            write(new Target(type, object.namespace(), object.name(), ""), user, patch));
    struck.refuse(type.subject(object.name()), rejections);
    if (struck.expires()) {
      throw Cluster.expired(ask.continued());
    }
    long view = struck.view(ask, cluster.store().oldest(), cluster.store().revision());
    Reply reply = answered(view > 0 ? request.asOf(view) : request, granting(serve));
    if (reply instanceof Reply.Stream stream) {
      faults.attach(ask, stream.watch());
      return stream;
    }
    return reply instanceof Reply.Answer answer
        ? struck.lose(answer.code()).map(RequestGate::lost).orElse(answer)
        : reply;
  }

  /** Serves only grants of what the caller has: rehearses a write of roles to see what it gives. */
  private Function<WireRequest, Reply> granting(Function<WireRequest, Reply> serve) {
    return request -> {
      RequestInfo info = request.info();
      if (gatekeeper.grants(info)
          && serve.apply(request.rehearsal()) instanceof Reply.Answer answer
          && answer.code() < 300) {
        Map<String, Object> object = Json.readObject(answer.body().content());
        gatekeeper.checkGrant(request.caller(), info, object);
      }
      return serve.apply(request);
    };
  }

  private static Reply answered(WireRequest request, Function<WireRequest, Reply> serve) {
    try {
      return serve.apply(request);
    } catch (ApiException e) {
      return Reply.refusal(e);
    }
  }

  private static Reply lost(Loss loss) {
    return loss == Loss.CLOSED ? new Reply.Silence() : Reply.refusal(Struck.lost(loss));
  }

  /** Another user's write; empty when there is nothing to write to. */
  private Optional<String> write(Target target, String user, Map<String, Object> patch) {
    try {
      WriteOptions options = new WriteOptions(user, "patch", false, FieldValidation.IGNORE);
      cluster.patch(target, Patch.merge(patch), options);
      return Optional.of("%s wrote revision %d".formatted(user, cluster.store().revision()));
    } catch (ApiException e) {
      return e.code() == 404
          ? Optional.empty()
          : Optional.of("%s was refused: %s".formatted(user, e.getMessage()));
    }
  }

  private Ask ask(WireRequest request, RequestInfo info, ResourceType type) {
    ObjectRef object =
        new ObjectRef(
            type.apiVersion(),
            type.kind(),
            type.namespaced() ? info.namespace() : "",
            info.name().isEmpty() ? nameIn(request) : info.name());
    return new Ask(
        new ApiRequest(
            verb(request, info),
            request.user(),
            request.header("user-agent"),
            type.subject("").qualified(),
            info.subresource(),
            object),
        request.parameter("resourceVersion"),
        request.parameter("resourceVersionMatch"),
        request.parameter("continue"),
        request.parameter("limit").matches("[1-9]\\d{0,17}")
            ? Long.parseLong(request.parameter("limit"))
            : 0);
  }

  private static String verb(WireRequest request, RequestInfo info) {
    return info.verb().equals("patch") ? PatchTypes.verb(request.contentType()) : info.verb();
  }

  /** The name in the body of an object that is to be made; empty when it has none. */
  private static String nameIn(WireRequest request) {
    if (!request.method().equals("POST")) {
      return "";
    }
    try {
      return Values.string(Json.readObject(request.body().content()), "metadata", "name")
          .orElse("");
    } catch (JsonSyntaxException e) {
      return "";
    }
  }
}
