package io.terraorbit.foundation.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.terraorbit.foundation.kubernetes.CacheSettings;
import io.terraorbit.foundation.kubernetes.KubeClient;
import io.terraorbit.foundation.kubernetes.Query;
import io.terraorbit.foundation.kubernetes.ResourceCache;
import io.terraorbit.foundation.kubernetes.ResourceClient;
import java.util.function.Supplier;

/** What a controller needs of a Kubernetes API. */
interface ApiAccess {
  <R extends HasMetadata> ResourceClient<R> client(Class<R> type);

  <R extends HasMetadata> ResourceCache<R> open(Class<R> type);

  void abandon();

  static ApiAccess of(KubeClient client, Supplier<CacheSettings> settings) {
    return new ApiAccess() {
      @Override
      public <R extends HasMetadata> ResourceClient<R> client(Class<R> type) {
        return client.resources(type);
      }

      @Override
      public <R extends HasMetadata> ResourceCache<R> open(Class<R> type) {
        return ResourceCache.open(client.resources(type), Query.of(), settings.get());
      }

      @Override
      public void abandon() {
        client.abandon();
      }
    };
  }
}
