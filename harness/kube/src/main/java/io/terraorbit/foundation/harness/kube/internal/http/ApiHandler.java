package io.terraorbit.foundation.harness.kube.internal.http;

import io.terraorbit.foundation.harness.kube.internal.access.RevokedException;
import io.terraorbit.foundation.harness.kube.internal.openapi.Documents;
import io.terraorbit.foundation.harness.kube.internal.resources.Catalog;
import io.terraorbit.foundation.harness.kube.internal.resources.ResourceType;
import io.terraorbit.foundation.harness.kube.internal.status.ApiException;
import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.tables.Forms;
import io.terraorbit.foundation.harness.kube.internal.verbs.Cluster;
import io.terraorbit.foundation.harness.kube.internal.verbs.DeleteOptions;
import io.terraorbit.foundation.harness.kube.internal.verbs.ListOptions;
import io.terraorbit.foundation.harness.kube.internal.verbs.Outcome;
import io.terraorbit.foundation.harness.kube.internal.verbs.Patch;
import io.terraorbit.foundation.harness.kube.internal.verbs.Target;
import io.terraorbit.foundation.harness.kube.internal.verbs.WatchOptions;
import io.terraorbit.foundation.harness.kube.internal.verbs.WriteOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a request to its reply, without a socket. Safe for many threads. */
final class ApiHandler {
  private static final Logger log = LoggerFactory.getLogger(ApiHandler.class);

  private final Cluster cluster;
  private final RequestGate gate;
  private final Supplier<String> address;
  private final DiscoveryHandler discovery;
  private final OpenApiHandler openApi;
  private final Forms forms;
  private final FreshReads fresh;
  private final IdentityHandler identity;

  ApiHandler(
      Cluster cluster,
      RequestGate gate,
      IdentityHandler identity,
      Supplier<String> address,
      Duration patience) {
    this.cluster = cluster;
    this.identity = identity;
    this.gate = gate;
    this.address = address;
    this.openApi = new OpenApiHandler(new Documents(cluster::catalog, cluster::publishedSchema));
    this.discovery = new DiscoveryHandler(cluster::catalog, address);
    this.forms = new Forms(cluster.time());
    this.fresh = new FreshReads(cluster, patience);
  }

  Reply handle(WireRequest request) {
    return guarded(request, () -> gate.pass(request, this::dispatch));
  }

  private Reply guarded(WireRequest request, Supplier<Reply> work) {
    try {
      Reply reply = work.get();
      return reply instanceof Reply.Later later
          ? new Reply.Later(later.delay(), () -> guarded(request, later.next()))
          : reply;
    } catch (ApiException e) {
      return Reply.refusal(e);
    } catch (RevokedException e) {
      return new Reply.Silence();
    } catch (RuntimeException | Error e) {
      // An Error, too: whoever asked waits for an answer, and others are not harmed by one request.
      log.atError().setCause(e).addKeyValue("method", request.method()).log("request failed");
      return Reply.refusal(Refusals.internal(e));
    }
  }

  private Reply dispatch(WireRequest request) {
    List<String> path = request.segments();
    String root = path.isEmpty() ? "" : path.get(0);
    return switch (root) {
      case "api" -> core(request, path);
      case "apis" -> grouped(request, path);
      case "version" -> discovery.version(request);
      case "" -> discovery.root();
      case "healthz", "livez", "readyz" -> Health.reply(request);
      case "openid", ".well-known" ->
          identity
              .document(String.join("/", path), address.get())
              .map(reply -> got(request, reply))
              .orElseGet(Reply::pageNotFound);
      case "openapi" -> openApi.answer(request, path);
      default -> Reply.pageNotFound();
    };
  }

  private Reply core(WireRequest request, List<String> path) {
    if (path.size() > 1) {
      return version(request, "", path.get(1), path.subList(2, path.size()));
    }
    return discovery.core(request);
  }

  private Reply grouped(WireRequest request, List<String> path) {
    Catalog catalog = cluster.catalog();
    if (path.size() == 1) {
      return discovery.groups(request);
    }
    String group = path.get(1);
    if (group.isEmpty() || catalog.versions(group).isEmpty()) {
      return Reply.pageNotFound();
    }
    return path.size() == 2
        ? discovery.group(request, group)
        : version(request, group, path.get(2), path.subList(3, path.size()));
  }

  private Reply version(WireRequest request, String group, String version, List<String> rest) {
    Catalog catalog = cluster.catalog();
    if (!catalog.versions(group).contains(version)) {
      throw Refusals.noSuchResource();
    }
    if (rest.isEmpty()) {
      return discovery.resources(request, group, version);
    }
    if (rest.get(0).equals("watch") && rest.size() > 1) {
      return oldWatch(
          request, Route.resolve(catalog, group, version, rest.subList(1, rest.size())));
    }
    Target target = Route.resolve(catalog, group, version, rest);
    Acted.requireMethod(target, request.method());
    return Deprecations.warn(
        target.type(),
        target.name().isEmpty() ? collection(request, target) : object(request, target));
  }

  /** A watch by its path, as it was before there was a parameter for it. */
  private Reply oldWatch(WireRequest request, Target target) {
    request.requireGet();
    if (!target.subresource().isEmpty() || !target.type().verbs().contains("watch")) {
      throw Refusals.noSuchResource();
    }
    return watch(request, target);
  }

  private Reply collection(WireRequest request, Target target) {
    ResourceType type = target.type();
    boolean placed = !type.namespaced() || !target.namespace().isEmpty();
    switch (request.method()) {
      case "GET" -> {
        boolean watch = request.flag("watch");
        Accepts.form(request, type);
        return watch
            ? watch(request, target)
            : list(request, target, Parameters.listing(request, type));
      }
      case "POST" -> {
        if (!placed) {
          throw Refusals.methodNotAllowed();
        }
        Map<String, Object> body = Bodies.object(request, target);
        Accepts.form(request, type);
        if (identity.answers(target)) {
          return identity.answer(request, target, body);
        }
        return reply(
            request,
            type,
            cluster.create(target, body, Parameters.write(request, "create", "CreateOptions")));
      }
      case "DELETE" -> {
        if (!placed) {
          throw Refusals.methodNotAllowed();
        }
        Accepts.form(request, type);
        DeleteOptions wanted = Bodies.deleteOptions(request);
        return reply(
            request,
            type,
            cluster.deleteCollection(
                target,
                Parameters.listing(request, type),
                wanted,
                WriteOptions.delete(request.user(), wanted)));
      }
      default -> throw Refusals.methodNotAllowed();
    }
  }

  private Reply object(WireRequest request, Target target) {
    ResourceType type = target.type();
    if (identity.answers(target)) {
      return identity.answer(request, target, Bodies.object(request, target));
    }
    switch (request.method()) {
      case "GET" -> {
        boolean watch = request.flag("watch");
        Accepts.form(request, type);
        return watch ? watch(request, target) : single(request, target, Parameters.single(request));
      }
      case "POST" -> {
        Map<String, Object> body = Bodies.object(request, target);
        Outcome done =
            cluster.act(target, body, Parameters.write(request, "create", "CreateOptions"));
        return Reply.json(done.code(), done.body(), done.warnings());
      }
      case "PUT" -> {
        Map<String, Object> body = Bodies.object(request, target);
        Accepts.form(request, type);
        return reply(
            request,
            type,
            cluster.update(target, body, Parameters.write(request, "update", "UpdateOptions")));
      }
      case "PATCH" -> {
        String verb = PatchTypes.verb(request.contentType());
        Accepts.form(request, type);
        Patch patch = PatchTypes.read(request, target);
        return reply(
            request,
            type,
            cluster.patch(target, patch, Parameters.write(request, verb, "PatchOptions")));
      }
      case "DELETE" -> {
        Accepts.form(request, type);
        DeleteOptions wanted = Bodies.deleteOptions(request);
        return reply(
            request,
            type,
            cluster.delete(target, wanted, WriteOptions.delete(request.user(), wanted)));
      }
      default -> throw Refusals.methodNotAllowed();
    }
  }

  private Reply list(WireRequest request, Target target, ListOptions options) {
    return fresh.read(
        options.revision(), () -> shaped(request, target.type(), cluster.list(target, options)));
  }

  private Reply single(WireRequest request, Target target, ListOptions options) {
    return fresh.read(
        options.revision(), () -> shaped(request, target.type(), cluster.get(target, options)));
  }

  private Reply watch(WireRequest request, Target target) {
    if (!target.type().verbs().contains("watch")) {
      throw Refusals.methodNotAllowed();
    }
    long timeout = request.number("timeoutSeconds");
    WatchOptions options = Parameters.watch(request, target);
    Target collection = new Target(target.type(), target.namespace(), "", "");
    UnaryOperator<Map<String, Object>> shape =
        forms.stream(Accepts.form(request, target.type()), target.type());
    // Nothing may fail from here on: the watch is open, and only the stream ends it.
    return new Reply.Stream(
        cluster.watch(collection, options), timeout, options.bookmarks(), shape);
  }

  private static Reply got(WireRequest request, Reply reply) {
    request.requireGet();
    return reply;
  }

  private Reply reply(WireRequest request, ResourceType type, Outcome outcome) {
    Map<String, Object> body = forms.shape(Accepts.form(request, type), type, outcome.body());
    return Reply.object(request, outcome.code(), body, warnings(type, outcome.warnings()));
  }

  private Reply shaped(WireRequest request, ResourceType type, Map<String, Object> body) {
    Map<String, Object> form = forms.shape(Accepts.form(request, type), type, body);
    return Reply.object(request, 200, form, warnings(type, List.of()));
  }

  /** With the warning of a version that is deprecated. */
  private static List<String> warnings(ResourceType type, List<String> others) {
    if (type.extension() == null || type.extension().warning().isEmpty()) {
      return others;
    }
    List<String> all = new ArrayList<>(List.of(type.extension().warning()));
    all.addAll(others);
    return all;
  }
}
