package io.terraorbit.foundation.harness.kube.internal.access;

import io.terraorbit.foundation.harness.kube.internal.status.Refusals;
import io.terraorbit.foundation.harness.kube.internal.status.Subject;
import io.terraorbit.foundation.json.Values;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who a request is by in the end, and whether they may make it. Safe for many threads. */
public final class Gatekeeper {
  private static final String IMPERSONATE = "impersonate-";
  private static final String EXTRA = IMPERSONATE + "extra-";
  private static final String AUTHENTICATION = "authentication.k8s.io";

  private final Authorizer authorizer;
  private final Optional<Rbac> rbac;

  /** Lets everyone do everything. */
  public Gatekeeper() {
    this.authorizer = Authorizer.ALWAYS_ALLOW;
    this.rbac = Optional.empty();
  }

  /** Decides by roles. */
  public Gatekeeper(Rbac rbac) {
    this.authorizer = rbac;
    this.rbac = Optional.of(rbac);
  }

  public Authorizer authorizer() {
    return authorizer;
  }

  /**
   * Lets a request pass that its caller may make.
   *
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 403
   */
  public void authorize(Caller caller, RequestInfo request) {
    Authorizer.Decision decision = authorizer.decide(caller, request);
    if (!decision.allowed()) {
      String words = refusal(caller, request);
      throw Refusals.denied(
          request.subject(),
          decision.reason().isEmpty() ? words : words + ": " + decision.reason());
    }
  }

  /**
   * Who the caller acts as, by the headers {@code Impersonate-*}.
   *
   * @param headers by lower-case name; several of a name joined by commas
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 403 if they may not;
   *     500 if no user is named
   */
  public Caller acting(Caller caller, Map<String, String> headers) {
    Map<String, List<String>> extra = new LinkedHashMap<>();
    headers.forEach(
        (name, value) -> {
          if (name.startsWith(EXTRA)) {
            extra.put(
                decoded(name.substring(EXTRA.length()).toLowerCase(Locale.ROOT)), list(value));
          }
        });
    String user = headers.getOrDefault(IMPERSONATE + "user", "");
    List<String> groups = list(headers.getOrDefault(IMPERSONATE + "group", ""));
    String uid = headers.getOrDefault(IMPERSONATE + "uid", "");
    if (user.isEmpty()) {
      if (!groups.isEmpty() || !uid.isEmpty() || !extra.isEmpty()) {
        throw Refusals.internal("requested impersonation without impersonating a user");
      }
      return caller;
    }
    Optional<ServiceAccounts.Place> account = ServiceAccounts.parse(user);
    if (account.isPresent()) {
      ServiceAccounts.Place place = account.get();
      authorize(caller, request("", "serviceaccounts", place.namespace(), "", place.name()));
    } else {
      authorize(caller, request("", "users", "", "", user));
    }
    groups.forEach(group -> authorize(caller, request("", "groups", "", "", group)));
    if (!uid.isEmpty()) {
      authorize(caller, request(AUTHENTICATION, "uids", "", "", uid));
    }
    extra.forEach(
        (key, values) ->
            values.forEach(
                value -> authorize(caller, request(AUTHENTICATION, "userextras", "", key, value))));
    return new Caller(user, uid, complete(user, groups, account), extra);
  }

  /**
   * Whether a write of roles or bindings must be looked at before it is done.
   *
   * @see #checkGrant
   */
  public boolean grants(RequestInfo request) {
    return rbac.isPresent()
        && request.group().equals(Rbac.GROUP)
        && request.subresource().isEmpty()
        && switch (request.verb()) {
          case "create", "update", "patch" -> true;
          default -> false;
        };
  }

  /**
   * Makes sure that nobody gives more than they have.
   *
   * @param object as it would be stored
   * @throws io.terraorbit.foundation.harness.kube.internal.status.ApiException 403
   */
  public void checkGrant(Caller caller, RequestInfo request, Map<String, Object> object) {
    if (rbac.isEmpty() || caller.in(Caller.MASTERS)) {
      return;
    }
    boolean binding = request.resource().endsWith("bindings");
    String name = Values.string(object, "metadata", "name").orElse("");
    List<PolicyRule> given;
    if (binding) {
      String kind = Values.string(object, "roleRef", "kind").orElse("");
      String role = Values.string(object, "roleRef", "name").orElse("");
      String plural = kind.equals("ClusterRole") ? "clusterroles" : "roles";
      if (may(caller, "bind", plural, request.namespace(), role)) {
        return;
      }
      given =
          rbac.get()
              .rules(kind, request.namespace(), role)
              .orElseThrow(() -> Refusals.notFound(new Subject(Rbac.GROUP, plural, kind, role)));
    } else {
      if (may(caller, "escalate", request.resource(), request.namespace(), name)) {
        return;
      }
      if (Values.at(object, "aggregationRule").isPresent()) {
        requireAll(caller, request, name);
      }
      given = Values.listAt(object, "rules").stream().map(PolicyRule::read).toList();
    }
    requireHeld(caller, request, name, given);
  }

  private void requireAll(Caller caller, RequestInfo request, String name) {
    List<PolicyRule> held = authorizer.rules(caller, request.namespace());
    boolean all =
        Authorizer.ALWAYS_ALLOW.rules(caller, "").stream()
            .flatMap(rule -> rule.singles().stream())
            .allMatch(single -> held.stream().anyMatch(rule -> rule.coversSingle(single)));
    if (!all) {
      throw Refusals.forbidden(
          new Subject(request.group(), request.resource(), "", name),
          "must have cluster-admin privileges to use an aggregationRule");
    }
  }

  private void requireHeld(
      Caller caller, RequestInfo request, String name, List<PolicyRule> given) {
    List<PolicyRule> held = authorizer.rules(caller, request.namespace());
    List<PolicyRule> missing =
        given.stream()
            .flatMap(rule -> rule.singles().stream())
            .filter(single -> held.stream().noneMatch(rule -> rule.coversSingle(single)))
            .toList();
    if (!missing.isEmpty()) {
      String groups =
          caller.groups().stream()
              .map(group -> "\"" + group + "\"")
              .collect(Collectors.joining(" ", "[", "]"));
      throw Refusals.forbidden(
          new Subject(request.group(), request.resource(), "", name),
          "user \"%s\" (groups=%s) is attempting to grant RBAC permissions not currently held:\n%s"
              .formatted(caller.name(), groups, PolicyRule.text(missing)));
    }
  }

  private boolean may(Caller caller, String verb, String resource, String namespace, String name) {
    return authorizer
        .decide(caller, new RequestInfo(verb, Rbac.GROUP, "*", namespace, resource, "", name, ""))
        .allowed();
  }

  private static RequestInfo request(
      String group, String resource, String namespace, String subresource, String name) {
    return new RequestInfo(
        "impersonate",
        group,
        group.isEmpty() ? "" : "v1",
        namespace,
        resource,
        subresource,
        name,
        "");
  }

  private static List<String> complete(
      String user, List<String> groups, Optional<ServiceAccounts.Place> account) {
    List<String> all = new ArrayList<>(groups);
    if (groups.isEmpty() && account.isPresent()) {
      all.addAll(ServiceAccounts.groups(account.get().namespace()));
    }
    if (user.equals(Caller.ANONYMOUS.name())) {
      add(all, Caller.ANONYMOUS.groups().get(0));
    } else if (!all.contains(Caller.ANONYMOUS.groups().get(0))) {
      add(all, Caller.AUTHENTICATED);
    }
    return all;
  }

  private static void add(List<String> groups, String group) {
    if (!groups.contains(group)) {
      groups.add(group);
    }
  }

  private static String refusal(Caller caller, RequestInfo request) {
    if (!request.isResource()) {
      return "User \"%s\" cannot %s path \"%s\""
          .formatted(caller.name(), request.verb(), request.path());
    }
    return "User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
        .formatted(
            caller.name(),
            request.verb(),
            request.resourceWithPart(),
            request.group(),
            request.namespace().isEmpty()
                ? "at the cluster scope"
                : "in the namespace \"%s\"".formatted(request.namespace()));
  }

  private static List<String> list(String joined) {
    return joined.isEmpty() ? List.of() : List.of(joined.split("\\s*,\\s*"));
  }

  private static String decoded(String key) {
    try {
      return URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return key;
    }
  }
}
