package dev.slipway.authorizer;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Who is behind a certificate. That the right authority has signed it was seen in the handshake. */
final class Callers {
    private static final int DNS = 2;
    private static final int URI = 6;

    private final Map<String, Caller> bySubject;
    private final Clock clock;

    /** @param bySubject a name of a certificate as {@code uri:...}, {@code dns:...} or {@code cn:...}, exactly */
    Callers(Map<String, Caller> bySubject, Clock clock) {
        this.bySubject = Map.copyOf(bySubject);
        this.clock = clock;
    }

    /** @throws UnknownCallerException when it is nobody's, that of several, or not valid any more */
    Caller of(X509Certificate certificate) throws UnknownCallerException {
        Set<String> subjects = subjects(certificate);
        // a connection outlives its handshake
        if (certificate.getNotAfter().toInstant().isBefore(clock.instant())) {
            throw new UnknownCallerException("the certificate of " + subjects + " has expired");
        }
        Set<Caller> found = subjects.stream()
                .filter(bySubject::containsKey)
                .map(bySubject::get)
                .collect(Collectors.toSet());
        if (found.size() != 1) {
            throw new UnknownCallerException(
                    found.isEmpty()
                            ? "nobody here is " + subjects
                            : "the certificate of " + subjects + " is that of several callers");
        }
        return found.iterator().next();
    }

    private static Set<String> subjects(X509Certificate certificate) throws UnknownCallerException {
        Set<String> subjects = new HashSet<>();
        try {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    subjects.add("cn:" + part.getValue());
                }
            }
            Collection<List<?>> others = certificate.getSubjectAlternativeNames();
            for (List<?> other : others == null ? List.<List<?>>of() : others) {
                if (other.get(0).equals(DNS)) {
                    subjects.add("dns:" + other.get(1));
                } else if (other.get(0).equals(URI)) {
                    subjects.add("uri:" + other.get(1));
                }
            }
        } catch (InvalidNameException | CertificateParsingException e) {
            throw new UnknownCallerException("a certificate whose names cannot be read");
        }
        return subjects;
    }
}
