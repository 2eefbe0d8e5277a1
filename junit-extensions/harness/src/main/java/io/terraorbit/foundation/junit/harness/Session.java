package io.terraorbit.foundation.junit.harness;

import io.terraorbit.foundation.harness.environment.Environment;
import io.terraorbit.foundation.harness.environment.EnvironmentPlan;
import io.terraorbit.foundation.harness.environment.Service;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/**
 * What all tests of a launcher session share; lives in the session's store, which closes what is
 * closeable at the session's end. A store of the root context would end with each execution, and
 * reruns of failed tests are an execution of their own.
 */
record Session(Store store) {
  static final Namespace NAMESPACE = Namespace.create(FoundationExtension.class);

  static Session of(ExtensionContext context) {
    return new Session(context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE));
  }

  /** The one environment; nothing in it runs until it is asked for. */
  Environment environment() {
    return get(
        Environment.class,
        () -> Environment.open(EnvironmentPlan.of(EnumSet.allOf(Service.class))));
  }

  ValueProviders providers() {
    return get(ValueProviders.class, ValueProviders::load);
  }

  /** A number that no other test of the session has. */
  long nextNumber() {
    return get(AtomicLong.class, AtomicLong::new).incrementAndGet();
  }

  <T> T get(Class<T> type, Supplier<T> open) {
    return computeIfAbsent(store, type, type, open);
  }

  /** Deprecated in JUnit 6 for a method that JUnit 5 does not have. */
  static <T> T computeIfAbsent(Store store, Object key, Class<T> type, Supplier<T> open) {
    return store.getOrComputeIfAbsent(key, absent -> open.get(), type);
  }
}
