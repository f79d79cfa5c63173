package dev.slipway.authorizer;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Who is behind a certificate. That the right authority has signed it was seen in the handshake. */
final class Callers {
    private static final int DNS = 2;
    private static final int URI = 6;
    /** Names are read once for each certificate, not for each call; renewed ones come every few hours at most. */
    private static final int REMEMBERED = 1_000;

    private final Map<String, Caller> bySubject;
    private final Clock clock;
    private final Map<X509Certificate, Holder> remembered = new ConcurrentHashMap<>();

    /** Whose a certificate is: one caller's, several callers', or nobody's. */
    private record Holder(Set<String> subjects, List<Caller> callers) {}

    /** @param bySubject a name of a certificate as {@code uri:...}, {@code dns:...} or {@code cn:...}, exactly */
    Callers(Map<String, Caller> bySubject, Clock clock) {
        this.bySubject = Map.copyOf(bySubject);
        this.clock = clock;
    }

    /** @throws UnknownCallerException when it is nobody's, that of several, or not valid any more */
    Caller of(X509Certificate certificate) throws UnknownCallerException {
        if (remembered.size() >= REMEMBERED) {
            remembered.clear();
        }
        Holder holder = remembered.computeIfAbsent(certificate, this::holder);
        // a connection outlives its handshake
        if (certificate.getNotAfter().toInstant().isBefore(clock.instant())) {
            throw new UnknownCallerException("the certificate of " + holder.subjects() + " has expired");
        }
        if (holder.callers().size() != 1) {
            throw new UnknownCallerException(
                    holder.callers().isEmpty()
                            ? "nobody here is " + holder.subjects()
                            : "the certificate of " + holder.subjects() + " is that of several callers");
        }
        return holder.callers().get(0);
    }

    private Holder holder(X509Certificate certificate) {
        Set<String> subjects = subjects(certificate);
        return new Holder(
                subjects,
                subjects.stream()
                        .filter(bySubject::containsKey)
                        .map(bySubject::get)
                        .distinct()
                        .toList());
    }

    /** Empty when its names cannot be read: it is nobody's then. */
    private static Set<String> subjects(X509Certificate certificate) {
        try {
            Set<String> subjects = new HashSet<>();
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
            return Set.copyOf(subjects);
        } catch (InvalidNameException | CertificateParsingException e) {
            return Set.of();
        }
    }
}
