package io.terraorbit.foundation.harness.environment;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Links that remember what was done to them. */
final class FakeLinks implements LinkFactory {
  final List<String> log = new CopyOnWriteArrayList<>();

  @Override
  public Link open(String client, Service service, Endpoint upstream) {
    String name = client + "->" + service.key();
    log.add("open " + name + " " + upstream);
    return new Link() {
      @Override
      public String client() {
        return client;
      }

      @Override
      public Service service() {
        return service;
      }

      @Override
      public Endpoint endpoint() {
        return upstream;
      }

      @Override
      public void sever() {
        log.add("sever " + name);
      }

      @Override
      public void close() {
        log.add("close " + name);
      }
    };
  }

  @Override
  public void close() {
    log.add("close all");
  }
}
