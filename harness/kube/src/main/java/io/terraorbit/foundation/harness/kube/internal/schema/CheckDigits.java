package io.terraorbit.foundation.harness.kube.internal.schema;

import com.google.re2j.Pattern;

/** Numbers that carry a check digit: ISBN and credit cards. */
final class CheckDigits {
  private static final Pattern ISBN10 = Pattern.compile("[0-9]{9}[0-9X]");
  private static final Pattern ISBN13 = Pattern.compile("[0-9]{13}");
  private static final Pattern CARD =
      Pattern.compile(
          "4[0-9]{12}(?:[0-9]{3})?|5[1-5][0-9]{14}|6(?:011|5[0-9][0-9])[0-9]{12}|3[47][0-9]{13}"
              + "|3(?:0[0-5]|[68][0-9])[0-9]{11}|(?:2131|1800|35\\d{3})\\d{11}");

  private CheckDigits() {}

  static boolean fits(String format, String text) {
    return switch (format) {
      case "isbn10" -> isbn10(text);
      case "isbn13" -> isbn13(text);
      case "isbn" -> isbn10(text) || isbn13(text);
      default -> card(text);
    };
  }

  private static boolean isbn10(String text) {
    String digits = text.replaceAll("[\\s-]", "");
    if (!ISBN10.matches(digits)) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < 10; i++) {
      sum += (i + 1) * (digits.charAt(i) == 'X' ? 10 : digits.charAt(i) - '0');
    }
    return sum % 11 == 0;
  }

  private static boolean isbn13(String text) {
    String digits = text.replaceAll("[\\s-]", "");
    if (!ISBN13.matches(digits)) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < 13; i++) {
      sum += (i % 2 == 0 ? 1 : 3) * (digits.charAt(i) - '0');
    }
    return sum % 10 == 0;
  }

  private static boolean card(String text) {
    String digits = text.replaceAll("[^0-9]", "");
    if (!CARD.matches(digits)) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighed = i % 2 == 0 ? digit : 2 * digit;
      sum += weighed > 9 ? weighed - 9 : weighed;
    }
    return sum % 10 == 0;
  }
}
