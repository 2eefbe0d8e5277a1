package io.terraorbit.foundation.apply;

import static io.terraorbit.foundation.apply.Shapes.set;
import static io.terraorbit.foundation.apply.Shapes.spec;
import static io.terraorbit.foundation.apply.Shapes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terraorbit.foundation.apply.TypedValue.Duplicates;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypedValueTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'replicas':1}                       | {'f:replicas':{}}
          {'args':['a']}                       | {'f:args':{}}
          {'selector':{'a':'b'}}               | {'f:selector':{}}
          {'finalizers':['b','a']}             | {'f:finalizers':{'v:\\'a\\'':{},'v:\\'b\\'':{}}}
          {'finalizers':['a','a']}             | {'f:finalizers':{'v:\\'a\\'':{}}}
          {'finalizers':[]}                    | {}
          {'finalizers':null}                  | {'f:finalizers':{}}
          {'ports':[{'port':80,'name':'x'}]}   | {'f:ports':{'k:{\\'port\\':80,\\'protocol\\':\\'TCP\\'}':{'.':{},'f:name':{},'f:port':{}}}}
          {'any':{'a':{'b':1},'l':[{'x':1}]}}  | {'f:any':{'f:a':{'.':{},'f:b':{}},'f:l':{}}}
          {'any':{}}                           | {'f:any':{}}
          {'any':'text'}                       | {'f:any':{}}
          {'raw':{'a':1}}                      | {'f:raw':{}}
          """)
  void knowsItsFields(String json, String expected) {
    FieldSet fields = spec(json).fields().below(PathElement.field("spec"));

    assertThat(text(fields)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'replicas':1}           | {'replicas':1.0}                | {} | {} | {}
          {'replicas':1}           | {'replicas':2}                  | {} | {'f:replicas':{}} | {}
          {'replicas':1}           | {'paused':true}                 | {'f:replicas':{}} | {} | {'f:paused':{}}
          {'args':['a']}           | {'args':['b']}                  | {} | {'f:args':{}} | {}
          {'args':[]}              | {'args':null}                   | {} | {'f:args':{}} | {}
          {'finalizers':['a']}     | {'finalizers':['b']}            | {'f:finalizers':{'v:\\'a\\'':{}}} | {} | {'f:finalizers':{'v:\\'b\\'':{}}}
          {}                       | {'finalizers':['b']}            | {} | {} | {'f:finalizers':{'.':{},'v:\\'b\\'':{}}}
          {'finalizers':['a','a']} | {'finalizers':['a']}            | {'f:finalizers':{'v:\\'a\\'':{}}} | {} | {'f:finalizers':{'v:\\'a\\'':{}}}
          {'finalizers':['a']}     | {'finalizers':['a','a']}        | {'f:finalizers':{'v:\\'a\\'':{}}} | {} | {'f:finalizers':{'v:\\'a\\'':{}}}
          {'finalizers':['a','a']} | {'finalizers':[]}               | {'f:finalizers':{'v:\\'a\\'':{}}} | {} | {}
          {'finalizers':['a','a']} | {'finalizers':['a','a','a']}    | {} | {'f:finalizers':{'v:\\'a\\'':{}}} | {}
          {'any':{'a':1}}          | {'any':'x'}                     | {'f:any':{'f:a':{}}} | {'f:any':{}} | {}
          {'any':[1]}              | {'any':{'a':1}}                 | {} | {'f:any':{}} | {'f:any':{'f:a':{}}}
          {'ports':[{'port':1,'name':'a'}]} | {'ports':[{'port':1,'protocol':'TCP','name':'b'}]} | {} | {'f:ports':{'k:{\\'port\\':1,\\'protocol\\':\\'TCP\\'}':{'f:name':{}}}} | {'f:ports':{'k:{\\'port\\':1,\\'protocol\\':\\'TCP\\'}':{'f:protocol':{}}}}
          """)
  void tellsWhatMakesItAnother(
      String left, String right, String removed, String modified, String added) {
    Comparison change = spec(left).compare(spec(right));

    PathElement spec = PathElement.field("spec");
    assertThat(text(change.removed().below(spec))).as("removed").isEqualTo(removed);
    assertThat(text(change.modified().below(spec))).as("modified").isEqualTo(modified);
    assertThat(text(change.added().below(spec))).as("added").isEqualTo(added);
    assertThat(change.isSame())
        .isEqualTo((removed + modified + added).equals("{}{}{}"))
        .isEqualTo(spec(left).sameAs(spec(right)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'replicas':1,'paused':true}        | {'replicas':2}            | {'replicas':2,'paused':true}
          {'args':['a','b']}                  | {'args':['c']}            | {'args':['c']}
          {'selector':{'a':'1'}}              | {'selector':{'b':'2'}}    | {'selector':{'b':'2'}}
          {'any':{'a':1,'l':[1]}}             | {'any':{'b':2,'l':[2]}}   | {'any':{'a':1,'l':[2],'b':2}}
          {'any':{'a':1}}                     | {'any':null}              | {'any':{'a':1}}
          {'any':{'a':1}}                     | {'any':'x'}               | {'any':'x'}
          {'any':{}}                          | {'any':null}              | {'any':null}
          {'finalizers':['a','b','c']}        | {'finalizers':['d','b']}  | {'finalizers':['a','d','b','c']}
          {'finalizers':['1','2','3']}        | {'finalizers':['3','1']}  | {'finalizers':['2','3','1']}
          {'finalizers':['1','2']}            | {'finalizers':['1','x']}  | {'finalizers':['1','2','x']}
          {'finalizers':[]}                   | {'finalizers':['x']}      | {'finalizers':['x']}
          {'ports':[{'port':1,'name':'a'}]}   | {'ports':[{'port':2},{'port':1,'protocol':'TCP'}]} | {'ports':[{'port':2},{'port':1,'name':'a','protocol':'TCP'}]}
          {'ports':[{'port':1,'name':'a'},{'port':1,'name':'b'}]} | {'ports':[{'port':1,'name':'c'}]} | {'ports':[{'port':1,'name':'c'}]}
          """)
  void takesInWhatAnotherSays(String live, String config, String merged) {
    assertThat(spec(live).merge(spec(config)).value()).isEqualTo(spec(merged).value());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'replicas':1,'paused':true} | {'f:replicas':{}}                    | {'paused':true}
          {'finalizers':['a','b']}     | {'f:finalizers':{'v:\\'a\\'':{}}}    | {'finalizers':['b']}
          {'finalizers':['a']}         | {'f:finalizers':{'v:\\'a\\'':{}}}    | {'finalizers':[]}
          {'any':{'a':1}}              | {'f:any':{'f:a':{}}}                 | {'any':{}}
          {'any':null,'args':null}     | {'f:any':{'f:a':{}},'f:args':{'i:1':{}}} | {'any':null,'args':null}
          {'args':['a']}               | {'f:args':{'i:0':{}}}                | {'args':[]}
          {'selector':{'a':'b'}}       | {'f:selector':{'f:a':{}}}            | {'selector':{}}
          {'replicas':1}               | {'f:replicas':{'f:x':{}}}            | {'replicas':1}
          {'ports':[{'port':1,'name':'a'}]} | {'f:ports':{'k:{\\'port\\':1,\\'protocol\\':\\'TCP\\'}':{'f:name':{}}}} | {'ports':[{'port':1}]}
          """)
  void keepsContainersWhenFieldsGo(String json, String fields, String left) {
    assertThat(spec(json).without(set("{'f:spec':" + fields + "}")).value())
        .isEqualTo(spec(left).value());
  }

  @Nested
  class Checked {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            {'replicas':'x'}     | .spec.replicas: expected numeric (int or float), got string
            {'replicas':[1]}     | .spec.replicas: expected numeric (int or float), got []interface {}
            {'paused':1}         | .spec.paused: expected boolean, got &{1}
            {'args':'x'}         | .spec.args: expected list, got &{x}
            {'selector':'x'}     | .spec.selector: expected map, got &{x}
            {'size':{'a':1}}     | .spec.size: expected any scalar, got &{map[a:1]}
            {'args':[1]}         | .spec.args[0]: expected string, got &value.valueUnstructured{Value:1}
            {'more':1}           | .spec.more: field not declared in schema
            {'finalizers':['a','a']} | .spec.finalizers: duplicate entries for key [="a"]
            {'finalizers':[null]}    | .spec.finalizers: element 0: associative list without keys has an element that's an explicit null
            {'finalizers':[{}]}      | .spec.finalizers: element 0: associative list without keys has an element that's a map type
            {'finalizers':[[]]}      | .spec.finalizers: element 0: not supported: associative list with lists as elements
            {'ports':[null]}         | .spec.ports: element 0: associative list with keys may not have a null element
            {'ports':['x']}          | .spec.ports: element 0: associative list with keys may not have non-map elements
            """)
    void namesWhatIsNotAsTheTypeSays(String json, String message) {
      assertThatThrownBy(() -> spec(json).checked(Duplicates.REFUSED))
          .isInstanceOf(MismatchException.class)
          .hasMessage(message);
    }

    @Test
    void listsSeveralFindings() {
      assertThatThrownBy(() -> spec("{'replicas':'x','paused':2}").checked(Duplicates.REFUSED))
          .hasMessage(
              "errors:\n"
                  + "  .spec.replicas: expected numeric (int or float), got string\n"
                  + "  .spec.paused: expected boolean, got &{2}");
    }

    @Test
    void acceptsWhatIsAsItSays() {
      TypedValue value =
          spec(
              "{'any':{'a':[null,{'b':1.5}]},'raw':[1],'size':'1Gi','replicas':null,'ports':[{'port':1}]}");

      assertThat(value.checked(Duplicates.REFUSED)).isSameAs(value);
      assertThat(spec("{'finalizers':['a','a']}").checked(Duplicates.ALLOWED)).isNotNull();
    }

    @Test
    void needsAKeyOfAnElement() {
      FieldType type =
          FieldType.list(
              ListShape.map(
                  java.util.List.of("a", "b"),
                  FieldType.map(MapShape.struct(java.util.Map.of("a", Shapes.TEXT)))));

      assertThatThrownBy(
              () ->
                  Checking.check(
                      type, java.util.List.of(java.util.Map.of("c", 1L)), Duplicates.REFUSED))
          .hasMessage(
              "element 0: associative list with keys has an element that omits all key fields [\"a\" \"b\"] (and doesn't have default values for any key fields)");
    }
  }

  @Test
  void refusesToMergeAConfigurationWithTwoElementsOfOneIdentity() {
    assertThatThrownBy(() -> spec("{'finalizers':['b']}").merge(spec("{'finalizers':['a','a']}")))
        .hasMessage("duplicate entries for key [=\"a\"]");
  }

  @Test
  void givesTheWholeToWhoOwnedAPart() {
    FieldSet old =
        set(
            "{'f:spec':{'f:selector':{'f:a':{}},'f:args':{'i:0':{}},'f:any':{'f:x':{'f:y':{}}},'f:replicas':{},'f:gone':{'f:x':{}},'f:ports':{'k:{\\'port\\':1}':{'f:name':{}}}}}");

    assertThat(text(spec("{}").reconciled(old)))
        .isEqualTo(
            "{'f:spec':{'f:any':{'f:x':{'f:y':{}}},'f:args':{},'f:gone':{'f:x':{}},'f:ports':{'k:{\\'port\\':1}':{'f:name':{}}},'f:replicas':{},'f:selector':{}}}");
    FieldSet fine = set("{'f:spec':{'f:ports':{'k:{\\'port\\':1}':{'f:name':{}}}}}");
    assertThat(spec("{}").reconciled(fine)).isSameAs(fine);
  }
}
