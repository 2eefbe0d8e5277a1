package io.terraorbit.foundation.chaos.proxy;

import io.terraorbit.foundation.chaos.proxy.internal.api.ApiFailure;
import io.terraorbit.foundation.chaos.proxy.internal.api.Control;
import io.terraorbit.foundation.chaos.proxy.internal.api.GoFields;
import io.terraorbit.foundation.chaos.proxy.internal.api.Populated;
import io.terraorbit.foundation.chaos.proxy.internal.api.ProxyBody;
import io.terraorbit.foundation.chaos.proxy.internal.api.ProxyView;
import io.terraorbit.foundation.chaos.proxy.internal.api.ToxicBody;
import io.terraorbit.foundation.chaos.proxy.internal.api.ToxicView;
import io.terraorbit.foundation.errors.AppException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The server as the control API sees it; turns our failures into Toxiproxy's. */
final class ToxiproxyControl implements Control {
  private final ChaosProxy server;

  ToxiproxyControl(ChaosProxy server) {
    this.server = server;
  }

  @Override
  public List<ProxyView> proxies() {
    return server.running().stream().map(ToxiproxyControl::view).toList();
  }

  @Override
  public ProxyView proxy(String name) {
    return view(get(name));
  }

  @Override
  public ProxyView create(ProxyBody body) {
    String name = Objects.requireNonNull(body.name());
    return translatedAsListening(
        () ->
            view(
                server.create(
                    name,
                    orElse(body.listen(), ""),
                    orElse(body.upstream(), ""),
                    orElse(body.enabled(), true))));
  }

  @Override
  public ProxyView update(String name, ProxyBody body) {
    RunningProxy proxy = get(name);
    return translated(
        () -> {
          proxy.configure(
              orElse(body.listen(), proxy.listen()),
              orElse(body.upstream(), proxy.upstream()),
              orElse(body.enabled(), proxy.enabled()));
          return view(proxy);
        });
  }

  @Override
  public void delete(String name) {
    get(name).delete();
  }

  @Override
  public Populated populate(List<ProxyBody> bodies) {
    List<ProxyView> done = new ArrayList<>();
    for (ProxyBody body : bodies) {
      try {
        done.add(addOrReplace(body));
      } catch (ApiFailure e) {
        return new Populated(done, e);
      }
    }
    return new Populated(done, null);
  }

  @Override
  public void reset() {
    translated(
        () -> {
          server.reset();
          return true;
        });
  }

  @Override
  public ToxicView toxic(String proxy, String toxic) {
    return get(proxy).toxics().stream()
        .filter(spec -> spec.name().equals(toxic))
        .map(ToxiproxyControl::view)
        .findFirst()
        .orElseThrow(ApiFailure::toxicNotFound);
  }

  @Override
  public ToxicView addToxic(String proxyName, ToxicBody body) {
    RunningProxy proxy = get(proxyName);
    String stream = orElse(body.stream(), "downstream");
    Direction direction = direction(stream);
    ToxicType type = type(orElse(body.type(), ""));
    String given = orElse(body.name(), "");
    String name = given.isEmpty() ? type.wireName() + "_" + stream : given;
    if (proxy.toxics().stream().anyMatch(spec -> spec.name().equals(name))) {
      throw ApiFailure.toxicExists();
    }
    Toxic toxic = type.toxic(attributes(type, body.attributes()));
    ToxicSpec spec = new ToxicSpec(name, direction, orElse(body.toxicity(), 1.0), toxic);
    return translated(
        () -> {
          proxy.add(spec);
          return view(spec);
        });
  }

  @Override
  public ToxicView updateToxic(String proxyName, String toxic, ToxicBody body) {
    RunningProxy proxy = get(proxyName);
    return translated(() -> view(proxy.update(toxic, old -> changed(old, body))));
  }

  @Override
  public void removeToxic(String proxy, String toxic) {
    RunningProxy owner = get(proxy);
    translated(
        () -> {
          owner.remove(toxic);
          return true;
        });
  }

  private static ToxicSpec changed(ToxicSpec old, ToxicBody body) {
    ToxicType type = ToxicType.of(old.toxic().type());
    Map<String, Object> attributes = new LinkedHashMap<>(old.toxic().attributes());
    attributes.putAll(attributes(type, body.attributes()));
    return new ToxicSpec(
        old.name(), old.stream(), orElse(body.toxicity(), old.toxicity()), type.toxic(attributes));
  }

  private static Map<String, Object> attributes(ToxicType type, @Nullable Object sent) {
    GoFields fields = GoFields.ofAttributes(sent, type.goName());
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (String name : type.attributeNames()) {
      Long value = fields.int64(name);
      if (value != null) {
        attributes.put(name, value);
      }
    }
    return attributes;
  }

  private ProxyView addOrReplace(ProxyBody body) {
    String name = Objects.requireNonNull(body.name());
    RunningProxy existing = server.findRunning(name);
    if (existing == null) {
      return create(body);
    }
    String listen = orElse(body.listen(), "");
    String upstream = orElse(body.upstream(), "");
    return translated(
        () ->
            existing.isAt(listen, upstream)
                ? view(existing)
                : view(server.replace(existing, listen, upstream, orElse(body.enabled(), true))));
  }

  private RunningProxy get(String name) {
    RunningProxy proxy = server.findRunning(name);
    if (proxy == null) {
      throw ApiFailure.proxyNotFound();
    }
    return proxy;
  }

  private static Direction direction(String stream) {
    return switch (stream.toLowerCase(Locale.ROOT)) {
      case "upstream" -> Direction.UPSTREAM;
      case "downstream" -> Direction.DOWNSTREAM;
      default -> throw ApiFailure.streamInvalid();
    };
  }

  private static ToxicType type(String wireName) {
    try {
      return ToxicType.of(wireName);
    } catch (AppException e) {
      throw ApiFailure.toxicTypeInvalid();
    }
  }

  private static ProxyView view(RunningProxy proxy) {
    return new ProxyView(
        proxy.name(),
        proxy.listen(),
        proxy.upstream(),
        proxy.enabled(),
        proxy.toxics().stream().map(ToxiproxyControl::view).toList());
  }

  private static ToxicView view(ToxicSpec spec) {
    return new ToxicView(
        spec.toxic().attributes(),
        spec.name(),
        spec.toxic().type(),
        spec.stream().wireName(),
        spec.toxicity());
  }

  private static <T> T translated(Supplier<T> call) {
    try {
      return call.get();
    } catch (AppException e) {
      throw switch (e.code()) {
        case "PROXY_EXISTS" -> ApiFailure.proxyExists();
        case "PROXY_DELETED" -> ApiFailure.proxyNotFound();
        case "TOXIC_EXISTS" -> ApiFailure.toxicExists();
        case "TOXIC_NOT_FOUND" -> ApiFailure.toxicNotFound();
        default -> new ApiFailure(500, cause(e));
      };
    }
  }

  /** Go looks an address up as part of listening when a proxy is new, and before that later on. */
  private static <T> T translatedAsListening(Supplier<T> call) {
    return translated(
        () -> {
          try {
            return call.get();
          } catch (AppException e) {
            if (e.code().equals("PROXY_ADDRESS_INVALID")) {
              throw new ApiFailure(500, "listen tcp: " + cause(e));
            }
            throw e;
          }
        });
  }

  /** Go's own text when a socket failed. */
  private static String cause(AppException e) {
    Throwable cause = e.getCause();
    return String.valueOf((cause == null ? e : cause).getMessage());
  }

  private static <T> T orElse(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
