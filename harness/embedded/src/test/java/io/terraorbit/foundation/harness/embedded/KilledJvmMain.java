package io.terraorbit.foundation.harness.embedded;

import io.terraorbit.foundation.harness.environment.Environment;
import io.terraorbit.foundation.harness.environment.EnvironmentPlan;
import io.terraorbit.foundation.harness.environment.Service;
import java.util.Set;

/** The program that {@link KilledJvmIT} kills. */
final class KilledJvmMain {
  private KilledJvmMain() {}

  public static void main(String[] arguments) throws Exception {
    Process before = new ProcessBuilder("sleep", "600").start();
    Environment environment =
        Environment.open(EnvironmentPlan.of(Set.of(Service.POSTGRES, Service.REDIS)));
    environment.start(environment.services());
    if (arguments[0].equals("running")) {
      environment.postgres().createDatabase("orphan");
      environment.redis().acquireDatabase();
    }
    Process after = new ProcessBuilder("sleep", "600").start();
    System.out.println(before.pid() + " " + after.pid());
    if (arguments[0].equals("forgetful")) {
      environment.postgres();
      environment.redis();
      return; // ends without close()
    }
    Thread.currentThread().join();
  }
}
