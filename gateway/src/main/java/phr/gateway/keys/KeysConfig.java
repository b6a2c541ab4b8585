package phr.gateway.keys;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where the operator keeps the keys of this gateway. */
@ConfigMapping(prefix = "phr.keys")
public interface KeysConfig {

    /** Directory with {@code master.key}: 32 random bytes in base64. */
    Path directory();

    /** Makes missing keys at start. Off by default: a gateway that finds no key must not begin a second life with a new one. */
    @WithDefault("false")
    boolean generate();
}
