package io.terraorbit.foundation.junit.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

@ExtendWith(TestUnitTest.ContextResolver.class)
class TestUnitTest {
  private final List<String> closed = new ArrayList<>();

  @Test
  void closesInReverseOrderAndGoesOnAfterAFailure(ExtensionContext context) {
    TestUnit unit = new TestUnit(Session.of(context), "Some_test");
    unit.closeLater(() -> closed.add("first"));
    unit.closeLater(
        () -> {
          throw new IllegalStateException("broken");
        });
    unit.closeLater(() -> closed.add("last"));

    assertThatThrownBy(unit::close)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("not all of the test 'Some_test' was cleaned up")
        .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));

    assertThat(closed).containsExactly("last", "first");
    unit.close();
  }

  @Test
  void sharesWhatIsDearWithOtherTests(ExtensionContext context) {
    TestUnit one = new TestUnit(Session.of(context), "One_test");
    TestUnit other = new TestUnit(Session.of(context), "Other_test");

    Dear dear = one.shared(Dear.class, Dear::new);

    assertThat(other.shared(Dear.class, Dear::new)).isSameAs(dear);
    one.close();
    assertThat(dear.closed).isFalse();
  }

  private static final class Dear implements AutoCloseable {
    private boolean closed;

    @Override
    public void close() {
      closed = true;
    }
  }

  static final class ContextResolver implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == ExtensionContext.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context;
    }
  }
}
