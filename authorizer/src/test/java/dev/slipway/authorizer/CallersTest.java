package dev.slipway.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.connection.Identity;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallersTest {
    private static final Caller STARTER = new Caller("starter", new Role.Starter());
    private static final Caller CONTROL = new Caller("worker-control", new Role.Control());

    @TempDir
    private Path folder;

    @Test
    void somebodyIsKnownByAnyNameOfHisCertificateInItsOwnKind() throws Exception {
        X509Certificate starter = certificate("starter");

        assertThat(callers(Map.of("cn:starter", STARTER)).of(starter)).isEqualTo(STARTER);
        assertThat(callers(Map.of("dns:starter", STARTER)).of(starter)).isEqualTo(STARTER);
        assertThat(callers(Map.of("cn:starter", STARTER, "dns:starter", STARTER))
                        .of(starter))
                .isEqualTo(STARTER);
        assertThatThrownBy(() -> callers(Map.of("uri:starter", STARTER)).of(starter))
                .isInstanceOf(UnknownCallerException.class);
    }

    @Test
    void nobodyIsKnownByAPartOfAName() throws Exception {
        X509Certificate more = certificate("starter.evil");

        assertThatThrownBy(() -> callers(Map.of("cn:starter", STARTER, "dns:starter", STARTER))
                        .of(more))
                .isInstanceOf(UnknownCallerException.class)
                .hasMessageContaining("nobody here is")
                .hasMessageContaining("cn:starter.evil");
    }

    @Test
    void aCertificateThatIsThatOfTwoIsThatOfNobody() throws Exception {
        X509Certificate both = certificate("starter");

        assertThatThrownBy(() -> callers(Map.of("cn:starter", STARTER, "dns:starter", CONTROL))
                        .of(both))
                .isInstanceOf(UnknownCallerException.class)
                .hasMessageContaining("several callers");
    }

    @Test
    void aCertificateThatHasExpiredSinceTheHandshakeIsThatOfNobody() throws Exception {
        X509Certificate starter = certificate("starter");
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(30));

        assertThatThrownBy(() -> new Callers(Map.of("cn:starter", STARTER), later).of(starter))
                .isInstanceOf(UnknownCallerException.class)
                .hasMessageContaining("has expired");
    }

    private X509Certificate certificate(String name) throws Exception {
        return Identity.make(folder, name).certificate();
    }

    private static Callers callers(Map<String, Caller> bySubject) {
        return new Callers(bySubject, Clock.systemUTC());
    }
}
