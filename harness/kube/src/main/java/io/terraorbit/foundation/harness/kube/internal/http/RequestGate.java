package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.harness.environment.ApiFault;
import io.terraorbit.foundation.harness.environment.ApiRejection;
import io.terraorbit.foundation.harness.environment.ObjectRef;
import io.terraorbit.foundation.harness.kube.internal.access.RequestInfo;
import io.terraorbit.foundation.harness.kube.internal.faults.FaultPlan;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.verbs.Cluster;
import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.JsonSyntaxException;
import io.terraorbit.foundation.json.Values;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** What every request passes before it is served: is it let through? Safe for many threads. */
final class RequestGate {
  private final Cluster cluster;
  private final FaultPlan faults;
  private final Consumer<ApiRejection> rejections;

  RequestGate(Cluster cluster, FaultPlan faults, Consumer<ApiRejection> rejections) {
    this.cluster = cluster;
    this.faults = faults;
    this.rejections = rejections;
  }

  Reply pass(WireRequest request, Function<WireRequest, Reply> serve) {
    cluster.users().check(request.user());
    RequestInfo info = request.info();
    Optional<ResourceType> type =
        info.isResource()
            ? cluster.catalog().find(info.group(), info.version(), info.resource())
            : Optional.empty();
    type.ifPresent(known -> strike(request, info, known));
    return serve.apply(request);
  }

  private void strike(WireRequest request, RequestInfo info, ResourceType type) {
    ObjectRef object =
        new ObjectRef(
            type.apiVersion(),
            type.kind(),
            type.namespaced() ? info.namespace() : "",
            info.name().isEmpty() ? nameIn(request) : info.name());
    String verb = verb(request, info);
    faults
        .strike(verb, request.user(), object)
        .ifPresent(
            fault -> {
              rejections.accept(rejection(fault, request.user(), verb, object));
              throw FaultPlan.answer(fault.code(), type.subject(object.name()));
            });
  }

  private static String verb(WireRequest request, RequestInfo info) {
    return switch (info.verb()) {
      case "patch" -> PatchTypes.verb(request.contentType());
      case "deletecollection" -> "delete";
      default -> info.verb();
    };
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

  private static ApiRejection rejection(
      ApiFault.Reject fault, String user, String verb, ObjectRef object) {
    return new ApiRejection(fault.id(), user, verb, object, fault.code());
  }
}
