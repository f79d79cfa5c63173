package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeysCommandTest {
    /** Of openssl, as are the digits below: {@code openssl pkey -pubin -outform DER | sha256sum}. */
    private static final String PEM =
            "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEALYkSPZqXETxnFB+YegwDq2VBByU0PIS/WbJll2b7m7c=\n-----END PUBLIC KEY-----\n";

    private static final String SHA = "31913bc820dc8a640f3e8fc7e53ac6d26b85883c99ff4042ede613aa12bbe6d2";
    private static final String ID = SHA.substring(0, 16);

    private final FakeApi api = new FakeApi();

    @AfterEach
    void close() {
        api.close();
    }

    private Run run(String id, String pem, String... arguments) {
        api.answers(
                "GET /api/v1/keys",
                200,
                Json.line(Map.of("keys", List.of(Map.of("id", id, "pem", pem, "signs", true, "color", "\u001b[31m")))));
        return Run.against(api, arguments);
    }

    @Test
    void showsWhichKeysThereAre() {
        assertThat(run(ID, PEM, "keys").lines())
                .containsExactly("ID                SIGNS  SHA-256", ID + "  yes    " + SHA);
    }

    @Test
    void writesTheKeyAsTheFileOfAWorkerAndNothingBeside() {
        assertThat(run(ID, "\n" + PEM.replace("\n", "\r\n"), "keys", "--pem")).isEqualTo(new Run(0, PEM, ""));
    }

    @Test
    void aProgramGetsAllOfIt() {
        Run run = run(ID, PEM, "keys", "-o", "json");

        assertThat(Json.read(run.out()))
                .isEqualTo(Json.read(Json.line(Map.of("keys", List.of(Map.of("id", ID, "pem", PEM, "signs", true))))));
    }

    @Test
    void theKeyThatSomebodyReadInTheLogIsAskedForByItsId() {
        assertThat(run(ID, PEM, "keys", ID, "--pem").out()).isEqualTo(PEM);
        assertThat(run(ID, PEM, "keys", "sha256:" + SHA, "--pem").out()).isEqualTo(PEM);

        Run other = run(ID, PEM, "keys", "0123456789abcdef", "--pem");
        assertThat(other.code()).isEqualTo(5);
        assertThat(other.out()).as("a file that is empty stops a worker").isEmpty();
        assertThat(other.err()).contains("the server has no such key, but " + ID, "give it to no worker");
    }

    @Test
    void anIdThatIsNoneIsNotAskedFor() {
        Run run = run(ID, PEM, "keys", ID.substring(1));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("is no key's id: 16 to 64 hexadecimal digits");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void aKeyUnderTheIdOfAnotherIsNotShown() {
        Run run = run("0123456789abcdef", PEM, "keys", "0123456789abcdef", "--pem");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("says that key 0123456789abcdef is this one, but its id is " + ID, "give it to no worker");
    }

    @Test
    void whatIsNoPublicKeyIsNotShown() {
        for (String pem : List.of(
                "",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
                "-----BEGIN PUBLIC KEY-----\nA=A=\n-----END PUBLIC KEY-----\n",
                PEM + PEM,
                PEM.replace("PUBLIC", "PRIVATE"))) {
            Run run = run(ID, pem, "keys", "--pem");
            assertThat(run.code()).as(pem).isEqualTo(1);
            assertThat(run.out()).as(pem).isEmpty();
            assertThat(run.err()).as(pem).contains("the server's key is no ");
        }
    }
}
