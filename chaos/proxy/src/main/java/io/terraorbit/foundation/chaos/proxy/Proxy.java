package io.terraorbit.foundation.chaos.proxy;

import io.terraorbit.foundation.errors.AppException;
import java.util.List;
import org.apiguardian.api.API;

/**
 * One listening address in front of one upstream, with its toxics.
 *
 * <p>Safe for many threads. No call waits longer than 0.9 s for the data path; when it returns,
 * open connections feel the change already (but see {@link #sever()} and {@link ProxyObserver}).
 * Should an observer hold the event loop longer, the call returns all the same, logs that, and the
 * change is applied as soon as the loop is free.
 *
 * @see ChaosProxy#create
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Proxy {
  String name();

  /** The port of {@link #listen()}; zero for a proxy that never listened. */
  int port();

  /** The address that clients connect to, as {@code host:port} with the port really bound. */
  String listen();

  /** The address behind the proxy, as {@code host:port}; looked up anew for each connection. */
  String upstream();

  /** Whether it listens. */
  boolean enabled();

  /**
   * Listens again, on the same port; nothing happens when it does already.
   *
   * @throws AppException {@code PROXY_PORT_TAKEN} when the port is in use, {@code PROXY_SEVERED}
   *     after {@link #sever()}, {@code PROXY_DELETED} after {@link #delete()}
   */
  void enable();

  /** Refuses new connections and closes the open ones; toxics stay. What Toxiproxy calls down. */
  void disable();

  /** Disables it for good and frees its name. Idempotent. */
  void delete();

  /**
   * Adds a toxic at the end of its stream's chain, on open connections, too.
   *
   * @throws AppException {@code TOXIC_EXISTS} when the name is taken on either stream, {@code
   *     PROXY_DELETED} after {@link #delete()}
   */
  void add(ToxicSpec spec);

  /**
   * Gives a toxic new attributes, and draws anew which connections it affects. A chunk that it was
   * delaying passes at once.
   *
   * @param toxic of the same type as before
   * @return the toxic as it is now
   * @throws AppException {@code TOXIC_NOT_FOUND}, {@code TOXIC_TYPE_FIXED}
   */
  ToxicSpec update(String name, Toxic toxic, double toxicity);

  /**
   * Takes a toxic away; what it held passes at once and in order. Only {@link Timeout} closes the
   * connections that it affected.
   *
   * @throws AppException {@code TOXIC_NOT_FOUND}
   */
  void remove(String name);

  /** All upstream toxics, then all downstream ones, each in the order of the chain. */
  List<ToxicSpec> toxics();

  /**
   * Acts as a crash of the machine's network: resets every open connection and refuses new ones for
   * good. Takes no lock for long and waits for nothing, so it is safe anywhere; effective a moment
   * after it returns.
   */
  void sever();

  ProxyStats stats();
}
