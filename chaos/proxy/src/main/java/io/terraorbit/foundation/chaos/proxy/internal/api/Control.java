package io.terraorbit.foundation.chaos.proxy.internal.api;

import java.util.List;

/**
 * What the control API does, without HTTP. Called on the API's control threads; every call returns
 * within a bound. Failures are {@link ApiFailure}s.
 */
public interface Control {
  /** Sorted by name. */
  List<ProxyView> proxies();

  ProxyView proxy(String name);

  /** Name and upstream are given. */
  ProxyView create(ProxyBody body);

  ProxyView update(String name, ProxyBody body);

  void delete(String name);

  Populated populate(List<ProxyBody> bodies);

  void reset();

  ToxicView toxic(String proxy, String toxic);

  ToxicView addToxic(String proxy, ToxicBody body);

  ToxicView updateToxic(String proxy, String toxic, ToxicBody body);

  void removeToxic(String proxy, String toxic);
}
