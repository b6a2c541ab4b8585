package phr.gateway.keys;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where the operator keeps the keys of this gateway. */
@ConfigMapping(prefix = "phr.keys")
public interface KeysConfig {

    /** Directory with {@code master.key}: keys of 32 random bytes in base64, one per line, the newest first. */
    Path directory();

    /** Keys as in {@code master.key}, with spaces or commas between them; in the place of that file. */
    Optional<String> master();

    /** Makes missing keys at start. Off by default: a gateway that finds no key must not begin a second life with a new one. */
    @WithDefault("false")
    boolean generate();

    /** No request that began under the key of a person lives longer: so long her rotation waits before it writes anew. */
    @WithDefault("20m")
    Duration settle();
}
