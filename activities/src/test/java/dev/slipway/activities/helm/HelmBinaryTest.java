package dev.slipway.activities.helm;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.activities.bundle.Diffs;
import dev.slipway.activities.seal.Seal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelmBinaryTest {
    @TempDir
    Path folder;

    @Test
    void anotherContentThanThePinnedOneIsRefused() {
        Path binary = ScriptedHelm.doing(folder, "exit 0").binary();
        assertThatThrownBy(() -> HelmBinary.check(binary, Optional.of("0".repeat(64))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is pinned");
        assertThatCode(() -> HelmBinary.check(binary, Optional.empty())).doesNotThrowAnyException();
    }

    @Test
    void aNameThatIsLookedUpOnThePathIsRefused() {
        assertThatThrownBy(() -> HelmBinary.check(Path.of("helm"), Optional.empty()))
                .hasMessageContaining("absolute path");
    }

    @Test
    void anOldHelmIsRefused() throws IOException {
        ScriptedHelm helm = ScriptedHelm.doing(folder, "exit 0");
        Files.writeString(
                helm.binary(), "#!/bin/bash\necho 'version.BuildInfo{Version:\"v3.19.0\", GitCommit:\"\"}'\n");
        HelmSettings settings = HelmSettings.of(helm.binary(), Optional.empty(), helm.kubeconfig());
        assertThatThrownBy(() -> new HelmActivities(settings, digest -> folder, Diffs.NOWHERE, Seal.NONE))
                .hasMessageContaining("helm 3.19 is too old");
    }

    @Test
    void aKubeconfigThatRunsAProgramIsRefused() throws IOException {
        ScriptedHelm helm = ScriptedHelm.doing(folder, "exit 0");
        Files.writeString(
                helm.kubeconfig(), "clusters: []\nusers: [ { name: u, user: { exec: { command: /bin/sh } } } ]\n");
        HelmSettings settings = HelmSettings.of(helm.binary(), Optional.empty(), helm.kubeconfig());
        assertThatThrownBy(() -> new HelmActivities(settings, digest -> folder, Diffs.NOWHERE, Seal.NONE))
                .hasMessageContaining("exec");
    }
}
