package io.terraorbit.foundation.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the house that a compiler does not know. There is no list of exceptions. */
class StructureTest {
  private static final String ROOT = "io.terraorbit.foundation";

  /** The classes that supply the real clock and real chance. */
  private static final Set<String> SUPPLIERS =
      Set.of(ROOT + ".time.SystemTime", ROOT + ".time.Randomness");

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void seesTheWholeHouse() {
    assertThat(Modules.all().keySet())
        .allSatisfy(
            root ->
                assertThat(OURS.stream().anyMatch(type -> type.getPackageName().equals(root)))
                    .as("classes in %s", root)
                    .isTrue());
  }

  @Test
  void packagesFormNoCycle() {
    Map<String, Set<String>> graph = new TreeMap<>();
    for (JavaClass type : OURS) {
      Set<String> targets = graph.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>());
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getPackageName())
          .filter(name -> name.startsWith(ROOT) && !name.equals(type.getPackageName()))
          .forEach(targets::add);
    }
    assertThat(Cycles.in(graph)).as("cycles among packages").isEmpty();
  }

  @Test
  void nobodyReachesIntoTheInternalsOfAnotherModule() {
    classes()
        .should(
            new ArchCondition<JavaClass>("stay out of other modules' .internal packages") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().stream()
                    .filter(to -> to.getTargetClass().getPackageName().startsWith(ROOT))
                    .filter(to -> to.getTargetClass().getPackageName().contains(".internal"))
                    .filter(to -> !Modules.of(type).equals(Modules.of(to.getTargetClass())))
                    .forEach(
                        to -> events.add(SimpleConditionEvent.violated(type, to.getDescription())));
              }
            })
        .check(OURS);
  }

  @Test
  void modulesDependOnlyDownwards() {
    classes()
        .should(
            new ArchCondition<JavaClass>("depend on lower levels only") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().stream()
                    .filter(to -> to.getTargetClass().getPackageName().startsWith(ROOT))
                    .filter(
                        to -> !Modules.mayUse(Modules.of(type), Modules.of(to.getTargetClass())))
                    .forEach(
                        to -> events.add(SimpleConditionEvent.violated(type, to.getDescription())));
              }
            })
        .check(OURS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.System.nanoTime()",
        "java.lang.System.currentTimeMillis()",
        "java.time.Instant.now()",
        "java.time.LocalDateTime.now()",
        "java.lang.Thread.sleep(long)",
        "java.lang.Math.random()",
        "java.util.UUID.randomUUID()",
        "java.util.concurrent.ThreadLocalRandom.current()"
      })
  void timeAndChanceComeInThroughConstructors(String method) {
    assertThat(
            OURS.stream()
                .filter(type -> !SUPPLIERS.contains(type.getName()))
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTarget().getFullName().equals(method))
                .map(Object::toString))
        .isEmpty();
  }

  @Test
  void nobodyMakesAGeneratorWithoutASeed() {
    assertThat(
            OURS.stream()
                .filter(type -> !SUPPLIERS.contains(type.getName()))
                .flatMap(type -> type.getConstructorCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().getName().startsWith("java.util."))
                .filter(
                    call ->
                        Set.of("java.util.Random.<init>()", "java.util.SplittableRandom.<init>()")
                            .contains(call.getTarget().getFullName()))
                .map(Object::toString))
        .isEmpty();
  }

  @Test
  void heavyLibrariesStayWhereTheyBelong() {
    only("org.junit..", ROOT + ".junit..");
    only("org.testcontainers..", ROOT + ".harness.containers..");
    only("io.netty..", ROOT + ".harness.kube..", ROOT + ".chaos.proxy..");
    only("picocli..", ROOT + ".workbench..");
    only("tools.jackson..", ROOT + ".json..");
    only("okhttp3..", ROOT + ".kubernetes..", ROOT + ".junit..");
  }

  @Test
  void librariesNeverPrint() {
    noClasses()
        .that(are(DescribedPredicate.not(resideInAPackage(ROOT + ".workbench.."))))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(OURS);
  }

  @Test
  void everyPackageSaysWhatNullMeans() {
    Set<String> unmarked = new TreeSet<>();
    for (JavaClass type : OURS) {
      if (!type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
        unmarked.add(type.getPackageName());
      }
    }
    assertThat(unmarked).as("packages without @NullMarked").isEmpty();
  }

  @Test
  void everyPublicTypeOfAnApiSaysHowStableItIs() {
    classes()
        .that(
            new DescribedPredicate<JavaClass>("are top-level public types of a published API") {
              @Override
              public boolean test(JavaClass type) {
                return type.getModifiers()
                        .contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC)
                    && type.isTopLevelClass()
                    && !type.getPackageName().contains(".internal")
                    && !type.getPackageName().contains(".fixtures.")
                    && !type.getSimpleName().equals("package-info");
              }
            })
        .should()
        .beAnnotatedWith(API.class)
        .check(OURS);
  }

  @Test
  void nothingStaticChanges() {
    assertThat(
            OURS.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(
                    field ->
                        field
                                .getModifiers()
                                .contains(com.tngtech.archunit.core.domain.JavaModifier.STATIC)
                            && !field
                                .getModifiers()
                                .contains(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
                            && !field
                                .getModifiers()
                                .contains(com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC)
                            && !field.getName().startsWith("$"))
                .map(Object::toString))
        .isEmpty();
  }

  @Test
  void namesSayWhatAThingDoes() {
    assertThat(
            OURS.stream()
                .map(JavaClass::getSimpleName)
                .filter(name -> name.matches("Abstract.*|.*(Impl|Manager|Utils|Helper)")))
        .isEmpty();
    assertThat(
            OURS.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.matches(".*\\.(util|common|helper|support|impl)(\\..*)?")))
        .isEmpty();
  }

  private static void only(String library, String... places) {
    ArchRule rule =
        noClasses()
            .that()
            .resideOutsideOfPackages(places)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library);
    rule.check(OURS);
  }
}
