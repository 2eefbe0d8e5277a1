package io.terraorbit.foundation.junit.harness;

import io.terraorbit.foundation.harness.environment.Service;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The providers of this class path. Immutable. */
record ValueProviders(List<ValueProvider<?>> all) {
  private static final Logger log = LoggerFactory.getLogger(ValueProviders.class);

  ValueProviders {
    all = List.copyOf(all);
  }

  static ValueProviders load() {
    List<ValueProvider<?>> usable = new ArrayList<>();
    usable.add(new EnvValue<>(PostgresEnv.class, Service.POSTGRES, TestEnv::postgres));
    usable.add(new EnvValue<>(RedisEnv.class, Service.REDIS, TestEnv::redis));
    usable.add(new EnvValue<>(KubernetesEnv.class, Service.KUBERNETES, TestEnv::kubernetes));
    @SuppressWarnings("rawtypes")
    Iterator<ServiceLoader.Provider<ValueProvider>> found =
        ServiceLoader.load(ValueProvider.class).stream().iterator();
    while (found.hasNext()) {
      addUsable(found.next(), usable);
    }
    return new ValueProviders(usable);
  }

  /** The provider for a parameter; empty when it is for somebody else to resolve. */
  Optional<ValueProvider<?>> find(Parameter parameter) {
    return all.stream()
        .filter(provider -> provider.type() == parameter.getType())
        .filter(provider -> provider.supports(parameter.getParameterizedType()))
        .findFirst();
  }

  @SuppressWarnings("rawtypes")
  private static void addUsable(
      ServiceLoader.Provider<ValueProvider> found, List<ValueProvider<?>> usable) {
    try {
      ValueProvider<?> provider = found.get();
      log.atDebug().addKeyValue("type", provider.type().getName()).log("parameters can be made");
      usable.add(provider);
    } catch (ServiceConfigurationError | LinkageError e) {
      if (e instanceof ServiceConfigurationError && !(e.getCause() instanceof LinkageError)) {
        throw e;
      }
      // The library that it serves is not on the class path, so no parameter has its type.
      log.atDebug().addKeyValue("provider", found.type().getName()).log("provider passed over");
    }
  }
}
