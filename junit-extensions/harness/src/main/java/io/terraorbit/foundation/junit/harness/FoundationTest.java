package io.terraorbit.foundation.junit.harness;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class what they name in parameters: {@code javax.sql.DataSource}, {@code
 * java.sql.Connection} and {@link PostgresEnv}; Lettuce's {@code StatefulRedisConnection<String,
 * String>} and {@link RedisEnv}; fabric8's {@code KubernetesClient} and {@link KubernetesEnv}; and
 * {@link io.terraorbit.foundation.harness.environment.Environment}.
 *
 * <p>Each test has a database, a logical Redis database and a namespace of its own, the same ones
 * in its constructors (those of enclosing classes, too), {@code @BeforeEach}, {@code @AfterEach}
 * and test method. They are removed after the test, and what was handed out is closed. The servers
 * behind them start when the first test needs them and serve the whole run. Safe with parallel
 * execution.
 *
 * <p>Works as a meta-annotation. Runs on JUnit 5.14 and 6.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(FoundationExtension.class)
public @interface FoundationTest {}
