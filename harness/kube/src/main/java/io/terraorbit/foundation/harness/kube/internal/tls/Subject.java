package io.terraorbit.foundation.harness.kube.internal.tls;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Whom a certificate names. Immutable. */
public record Subject(String user, List<String> groups) {
  public Subject {
    groups = List.copyOf(groups);
  }

  /** The common name and the organizations; empty without a common name. */
  static Optional<Subject> of(X509Certificate certificate) {
    List<String> groups = new ArrayList<>();
    String user = "";
    try {
      for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        if (part.getType().equalsIgnoreCase("CN")) {
          user = part.getValue().toString();
        } else if (part.getType().equalsIgnoreCase("O")) {
          groups.add(part.getValue().toString());
        }
      }
    } catch (InvalidNameException e) {
      return Optional.empty();
    }
    return user.isEmpty() ? Optional.empty() : Optional.of(new Subject(user, groups));
  }
}
