package io.terraorbit.foundation.apply;

import static io.terraorbit.foundation.apply.Shapes.object;
import static io.terraorbit.foundation.apply.Shapes.set;
import static io.terraorbit.foundation.apply.Shapes.spec;
import static io.terraorbit.foundation.apply.Shapes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.json.Json;
import io.terraorbit.foundation.json.Values;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TrackingTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final TypedValue BLANK = object("{}");

  private final Tracking tracking = new Tracking(Versions.only("v1"));

  private static Write write(String manager) {
    return new Write(manager, "v1", "", NOON);
  }

  private Applied apply(Applied before, String manager, String config) {
    return apply(before, manager, config, false);
  }

  private Applied apply(Applied before, String manager, String config, boolean force) {
    return tracking.applied(
        before.object(), BLANK, object(config), before.managed(), write(manager), force);
  }

  private Applied update(Applied before, String manager, String next) {
    TypedValue after = object(next);
    return new Applied(
        after, tracking.updated(before.object(), after, before.managed(), write(manager)));
  }

  private static Applied nothing() {
    return new Applied(BLANK, ManagedFields.NONE);
  }

  private static String applied(Applied result, String manager) {
    return result.managed().of(Owner.applier(manager, "")).map(o -> text(o.fields())).orElse("-");
  }

  private static String updated(Applied result, String manager) {
    return result
        .managed()
        .of(Owner.updater(manager, "v1", ""))
        .map(o -> text(o.fields()))
        .orElse("-");
  }

  @Nested
  class Updates {
    @Test
    void giveTheWriterWhatItChangesAndTakeItFromOthers() {
      Applied created =
          update(
              nothing(),
              "one",
              "{'kind':'A','metadata':{'name':'n'},'spec':{'replicas':1,'paused':true}}");
      Applied changed =
          update(
              created,
              "two",
              "{'kind':'A','metadata':{'name':'n'},'spec':{'replicas':2,'args':['x']}}");

      assertThat(updated(created, "one"))
          .isEqualTo("{'f:spec':{'.':{},'f:paused':{},'f:replicas':{}}}");
      assertThat(updated(changed, "one")).isEqualTo("{'f:spec':{}}");
      assertThat(updated(changed, "two")).isEqualTo("{'f:spec':{'f:args':{},'f:replicas':{}}}");
    }

    @Test
    void addToWhatTheWriterOwnsAlready() {
      Applied created = update(nothing(), "one", "{'spec':{'replicas':1}}");
      Applied changed = update(created, "one", "{'spec':{'replicas':1,'paused':true}}");

      assertThat(updated(changed, "one"))
          .isEqualTo("{'f:spec':{'.':{},'f:paused':{},'f:replicas':{}}}");
    }

    @Test
    void leaveNobodyWithFieldsThatAreGone() {
      Applied created = update(nothing(), "one", "{'spec':{'replicas':1}}");
      Applied changed = update(created, "two", "{}");

      assertThat(changed.managed()).isEqualTo(ManagedFields.NONE);
    }

    @Test
    void keepTheTimeOfAnOwnerWhoseFieldsStay() {
      Applied created = update(nothing(), "one", "{'spec':{'replicas':1}}");

      ManagedFields later =
          tracking.updated(
              created.object(),
              created.object(),
              created.managed(),
              new Write("one", "v1", "", NOON.plusSeconds(9)));

      assertThat(later).isEqualTo(created.managed());
    }

    @Test
    void foldTheOldestOfMoreThanTenIntoOne() {
      Applied object = nothing();
      StringBuilder labels = new StringBuilder();
      for (int i = 0; i < 12; i++) {
        labels.append(i == 0 ? "" : ",").append("'l%02d':'x'".formatted(i));
        TypedValue next = object("{'metadata':{'labels':{" + labels + "}}}");
        object =
            new Applied(
                next,
                tracking.updated(
                    object.object(),
                    next,
                    object.managed(),
                    new Write("m%02d".formatted(i), "v1", "", NOON.plusSeconds(i))));
      }

      assertThat(object.managed().owners()).hasSize(OldUpdaters.MOST);
      assertThat(updated(object, "ancient-changes"))
          .isEqualTo("{'f:metadata':{'f:labels':{'.':{},'f:l00':{},'f:l01':{},'f:l02':{}}}}");
      assertThat(
              object.managed().of(Owner.updater("ancient-changes", "v1", "")).orElseThrow().time())
          .isEqualTo(NOON.plusSeconds(2));
    }

    @Test
    void forgetOwnersInVersionsThatAreGone() {
      ManagedFields old =
          ManagedFields.NONE.with(
              Owner.updater("old", "v0", ""), new Ownership("v0", NOON, set("{'f:spec':{}}")));

      assertThat(tracking.updated(BLANK, BLANK, old, write("x"))).isEqualTo(ManagedFields.NONE);
    }
  }

  @Nested
  class Applies {
    @Test
    void createWhatIsNotThere() {
      Applied created =
          apply(nothing(), "a", "{'metadata':{'name':'n'},'spec':{'ports':[{'port':1}]}}");

      assertThat(created.object())
          .isEqualTo(object("{'metadata':{'name':'n'},'spec':{'ports':[{'port':1}]}}"));
      assertThat(applied(created, "a"))
          .isEqualTo(
              "{'f:spec':{'f:ports':{'k:{\\'port\\':1,\\'protocol\\':\\'TCP\\'}':{'.':{},'f:port':{}}}}}");
      assertThat(created.managed().of(Owner.applier("a", "")).orElseThrow().time()).isEqualTo(NOON);
    }

    @Test
    void removeWhatTheirOwnerDoesNotSayAnyMore() {
      Applied first =
          apply(nothing(), "a", "{'spec':{'replicas':1,'finalizers':['x','y'],'any':{'k':1}}}");
      Applied second = apply(first, "a", "{'spec':{'finalizers':['y']}}");

      assertThat(second.object()).isEqualTo(object("{'spec':{'finalizers':['y']}}"));
      assertThat(applied(second, "a")).isEqualTo("{'f:spec':{'f:finalizers':{'v:\\'y\\'':{}}}}");
    }

    @Test
    void leaveWhatSomebodyElseOwns() {
      Applied first = apply(nothing(), "a", "{'spec':{'replicas':1,'paused':true}}");
      Applied shared = apply(first, "b", "{'spec':{'replicas':1}}");
      Applied given = apply(shared, "a", "{'spec':{'paused':true}}");

      assertThat(given.object()).isEqualTo(object("{'spec':{'replicas':1,'paused':true}}"));
      assertThat(applied(given, "b")).isEqualTo("{'f:spec':{'f:replicas':{}}}");
    }

    @Test
    void takeAnElementWithAllThatIsInItButNoOtherElement() {
      Applied first = apply(nothing(), "a", "{'spec':{'ports':[{'port':1}]}}");
      Applied named = update(first, "u", "{'spec':{'ports':[{'port':1,'name':'n'},{'port':2}]}}");
      Applied dropped = apply(named, "a", "{}");

      assertThat(dropped.object()).isEqualTo(object("{'spec':{'ports':[{'port':2}]}}"));
      assertThat(applied(dropped, "a")).isEqualTo("-");
    }

    @Test
    void conflictOverWhatOthersOwn() {
      Applied first = apply(nothing(), "a", "{'spec':{'replicas':1}}");

      assertThatThrownBy(() -> apply(first, "b", "{'spec':{'replicas':2}}"))
          .isInstanceOfSatisfying(
              ApplyConflictException.class,
              e -> {
                assertThat(e)
                    .hasMessage(
                        "Apply failed with 1 conflict: conflict with \"a\": .spec.replicas");
                assertThat(e.conflicts())
                    .extracting(Conflict::message)
                    .containsExactly("conflict with \"a\"");
              });
    }

    @Test
    void nameEveryConflictByItsOwner() {
      Applied first = update(nothing(), "z", "{'spec':{'replicas':1,'paused':true,'args':['x']}}");
      ManagedFields scaled =
          tracking.updated(
              first.object(),
              spec("{'replicas':3,'paused':true,'args':['x']}"),
              first.managed(),
              new Write("s", "v1", "scale", NOON));
      Applied live = new Applied(spec("{'replicas':3,'paused':true,'args':['x']}"), scaled);

      assertThatThrownBy(
              () -> apply(live, "b", "{'spec':{'replicas':2,'paused':false,'args':['y']}}"))
          .hasMessage(
              "Apply failed with 3 conflicts: conflicts with \"s\" with subresource \"scale\" using v1:\n"
                  + "- .spec.replicas\n"
                  + "conflicts with \"z\" using v1:\n"
                  + "- .spec.args\n"
                  + "- .spec.paused");
    }

    @Test
    void takeByForce() {
      Applied first = apply(nothing(), "a", "{'spec':{'replicas':1,'paused':true}}");
      Applied forced = apply(first, "b", "{'spec':{'replicas':2}}", true);

      assertThat(forced.object()).isEqualTo(object("{'spec':{'replicas':2,'paused':true}}"));
      assertThat(applied(forced, "a")).isEqualTo("{'f:spec':{'f:paused':{}}}");
      assertThat(applied(forced, "b")).isEqualTo("{'f:spec':{'f:replicas':{}}}");
    }

    @Test
    void changeNothingTheSecondTime() {
      Applied first = apply(nothing(), "a", "{'spec':{'replicas':1}}");
      Applied again =
          tracking.applied(
              first.object(),
              BLANK,
              object("{'spec':{'replicas':1}}"),
              first.managed(),
              new Write("a", "v1", "", NOON.plusSeconds(60)),
              false);

      assertThat(again.object()).isSameAs(first.object());
      assertThat(again.managed()).isEqualTo(first.managed());
    }

    @Test
    void giveWhatNobodyTrackedToBeforeFirstApply() {
      Applied live = new Applied(spec("{'replicas':1,'paused':true}"), ManagedFields.NONE);
      Applied result = apply(live, "a", "{'spec':{'replicas':1}}");

      assertThat(updated(result, "before-first-apply"))
          .isEqualTo("{'f:spec':{'.':{},'f:paused':{},'f:replicas':{}}}");
      assertThatThrownBy(() -> apply(live, "a", "{'spec':{'replicas':2}}"))
          .hasMessageContaining("conflict with \"before-first-apply\" using v1");
    }

    @Test
    void refuseWhatIsNotOfTheType() {
      assertThatThrownBy(() -> apply(nothing(), "a", "{'spec':{'nope':1}}"))
          .isInstanceOf(MismatchException.class);
    }

    @Test
    void callWhoGivesNoNameUnknown() {
      assertThat(applied(apply(nothing(), "", "{'spec':{'replicas':1}}"), "unknown"))
          .isEqualTo("{'f:spec':{'f:replicas':{}}}");
    }
  }

  @Nested
  class Kubectl {
    private static final String ANNOTATION = LastApplied.ANNOTATION;

    private Applied appliedOnTheClient(String annotation) {
      Map<String, Object> metadata =
          Map.of("annotations", Map.of(ANNOTATION, annotation.replace('\'', '"')));
      TypedValue object =
          new TypedValue(
              Shapes.OBJECT,
              Map.of(
                  "apiVersion",
                  "v1",
                  "metadata",
                  metadata,
                  "spec",
                  Map.of("replicas", 1L, "paused", true)));
      return new Applied(
          object,
          tracking.updated(BLANK, object, ManagedFields.NONE, write("kubectl-client-side-apply")));
    }

    @Test
    void hasNoConflictsOverWhatItsAnnotationExplains() {
      Applied live = appliedOnTheClient("{'apiVersion':'v1','spec':{'replicas':1}}");
      Applied result = apply(live, "kubectl", "{'apiVersion':'v1','spec':{'replicas':2}}");

      assertThat(Values.at(result.object().value(), "spec", "replicas")).contains(2L);
      assertThat(Values.string(result.object().value(), "metadata", "annotations", ANNOTATION))
          .contains("{\"apiVersion\":\"v1\",\"spec\":{\"replicas\":2}}\n");
    }

    @Test
    void hasTheOtherConflictsAlone() {
      Applied live = appliedOnTheClient("{'apiVersion':'v1','spec':{'replicas':1}}");

      assertThatThrownBy(() -> apply(live, "kubectl", "{'spec':{'replicas':2,'paused':false}}"))
          .hasMessage(
              "Apply failed with 1 conflict: conflict with \"kubectl-client-side-apply\" using v1: .spec.paused");
    }

    @Test
    void isNotHelpedByAnAnnotationThatSaysNothing() {
      for (String annotation :
          List.of(
              "{",
              "{'apiVersion':'v9','spec':{'replicas':1}}",
              "{'apiVersion':'v1','spec':{'x':1}}")) {
        Applied live = appliedOnTheClient(annotation);

        assertThatThrownBy(() -> apply(live, "kubectl", "{'spec':{'replicas':2}}"))
            .isInstanceOf(ApplyConflictException.class);
      }
    }

    @Test
    void drillsNoAnnotationIntoAnObjectWithoutOne() {
      Applied result = apply(nothing(), "kubectl", "{'spec':{'replicas':2}}");

      assertThat(result.object()).isEqualTo(object("{'spec':{'replicas':2}}"));
    }

    @Test
    void dropsAnAnnotationThatBecomesTooLong() {
      Applied live = appliedOnTheClient("{'apiVersion':'v1'}");
      Applied result =
          apply(live, "kubectl", "{'spec':{'args':['" + "x".repeat(256 * 1024) + "']}}");

      assertThat(Values.objectAt(result.object().value(), "metadata", "annotations")).isEmpty();
    }
  }

  @Nested
  class InVersions {
    /** Version v2 calls {@code replicas} {@code size}. */
    private final Versions both =
        new Versions() {
          @Override
          public Optional<TypedValue> in(String apiVersion, TypedValue object) {
            String from = apiVersion.equals("v1") ? "\"size\"" : "\"replicas\"";
            String to = apiVersion.equals("v1") ? "\"replicas\"" : "\"size\"";
            return Optional.of(
                new TypedValue(
                    object.type(), Json.readObject(Json.text(object.value()).replace(from, to))));
          }

          @Override
          public FieldSet untouched(String apiVersion) {
            return set("{'f:spec':{'f:paused':{}}}");
          }
        };

    @Test
    void ownersOfOtherVersionsLoseTheSameField() {
      Tracking tracking = new Tracking(both);
      Applied first =
          tracking.applied(
              BLANK,
              BLANK,
              spec("{'replicas':1}"),
              ManagedFields.NONE,
              new Write("a", "v1", "", NOON),
              false);
      TypedValue inV2 = both.in("v2", first.object()).orElseThrow();

      assertThatThrownBy(
              () ->
                  tracking.applied(
                      inV2,
                      BLANK,
                      spec("{'size':2}"),
                      first.managed(),
                      new Write("b", "v2", "", NOON),
                      false))
          .hasMessage("Apply failed with 1 conflict: conflict with \"a\": .spec.replicas");

      Applied moved =
          tracking.applied(
              inV2,
              BLANK,
              spec("{'args':['x']}"),
              first.managed(),
              new Write("a", "v2", "", NOON),
              false);
      assertThat(moved.object()).isEqualTo(spec("{'args':['x']}"));
      assertThat(moved.managed().of(Owner.applier("a", "")).orElseThrow().apiVersion())
          .isEqualTo("v2");
    }

    @Test
    void nobodyOwnsWhatAWriteDoesNotReach() {
      Applied result =
          new Tracking(both)
              .applied(
                  BLANK,
                  BLANK,
                  spec("{'replicas':1,'paused':true}"),
                  ManagedFields.NONE,
                  new Write("a", "v1", "", NOON),
                  false);

      assertThat(applied(result, "a")).isEqualTo("{'f:spec':{'f:replicas':{}}}");
    }
  }
}
