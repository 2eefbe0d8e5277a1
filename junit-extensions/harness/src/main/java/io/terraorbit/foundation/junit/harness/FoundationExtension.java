package io.terraorbit.foundation.junit.harness;

import io.terraorbit.foundation.errors.AppException;
import io.terraorbit.foundation.errors.ErrorKind;
import io.terraorbit.foundation.harness.environment.Environment;
import io.terraorbit.foundation.harness.environment.Service;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Resolves parameters from a {@link TestUnit} in the store of the test. Stateless: all state is in
 * stores. Compiled against JUnit 5.14 and used on 6, so it may call only what both have.
 */
final class FoundationExtension implements BeforeAllCallback, ParameterResolver {
  /** Lets constructors see the store of the test that the instance is made for. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  /** Begins to start what the class asks for, all at once and without waiting. */
  @Override
  public void beforeAll(ExtensionContext context) {
    Session session = Session.of(context);
    Set<Service> services = EnumSet.noneOf(Service.class);
    executablesOf(context.getRequiredTestClass())
        .flatMap(executable -> Stream.of(executable.getParameters()))
        .map(session.providers()::find)
        .flatMap(Optional::stream)
        .map(ValueProvider::service)
        .forEach(services::add);
    if (!services.isEmpty()) {
      session.environment().start(services);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Environment.class
        || Session.of(context).providers().find(parameter.getParameter()).isPresent();
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Session session = Session.of(context);
    if (parameter.getParameter().getType() == Environment.class) {
      return session.environment();
    }
    ValueProvider<?> provider = session.providers().find(parameter.getParameter()).orElseThrow();
    return unit(session, parameter, context).value(provider);
  }

  private static TestUnit unit(
      Session session, ParameterContext parameter, ExtensionContext context) {
    String method =
        context
            .getTestMethod()
            .orElseThrow(() -> noTestYet(parameter.getParameter(), context))
            .getName();
    String name = context.getRequiredTestClass().getSimpleName() + "_" + method;
    return Session.computeIfAbsent(
        context.getStore(Session.NAMESPACE),
        context.getUniqueId(),
        TestUnit.class,
        () -> new TestUnit(session, name));
  }

  private static AppException noTestYet(Parameter parameter, ExtensionContext context) {
    Executable asking = parameter.getDeclaringExecutable();
    return AppException.of(
        ErrorKind.PRECONDITION_FAILED,
        "JUNIT_NO_TEST_YET",
        "%s of %s asks for a '%s', but runs once for the whole class"
            .formatted(
                asking instanceof Constructor ? "the constructor" : "'" + asking.getName() + "'",
                context.getRequiredTestClass().getSimpleName(),
                parameter.getType().getSimpleName()),
        "Each test has its own, made when the test begins",
        "Ask for it in a test or a @BeforeEach method, or, for a constructor, use the lifecycle"
            + " PER_METHOD.");
  }

  private static Stream<Executable> executablesOf(Class<?> testClass) {
    Stream<Executable> executables = Stream.empty();
    for (Class<?> type = testClass; type != null; type = type.getSuperclass()) {
      executables =
          Stream.concat(
              executables,
              Stream.concat(
                  Stream.of(type.getDeclaredConstructors()), Stream.of(type.getDeclaredMethods())));
    }
    return executables;
  }
}
