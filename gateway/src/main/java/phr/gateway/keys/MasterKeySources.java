package phr.gateway.keys;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/** Where master keys come from: a key management service, the setting {@code phr.keys.master}, or the file {@code master.key}. */
@Dependent
final class MasterKeySources {

    static final String FILE = "master.key";

    @Produces
    @Singleton
    static KeyDirectory directory(KeysConfig config) {
        return new KeyDirectory(config.directory(), config.generate());
    }

    @Produces
    @Singleton
    static MasterKeys masterKeys(@Any Instance<MasterKey> services, KeysConfig config, KeyDirectory directory) {
        return of(services.stream().toList(), config.master().orElse(null), directory);
    }

    /** @param setting keys in base64 in the place of the file; null = read the file */
    static MasterKeys of(List<MasterKey> services, @Nullable String setting, KeyDirectory directory) {
        List<MasterKey> keys = new ArrayList<>(services);
        if (setting != null) {
            keys.addAll(parse(setting, "phr.keys.master"));
        } else if (services.isEmpty() || directory.has(FILE)) {
            keys.addAll(file(directory));
        }
        return MasterKeys.of(keys);
    }

    private static List<MasterKey> file(KeyDirectory directory) {
        Supplier<byte[]> fresh = () -> {
            byte[] key = new byte[MasterKey.LENGTH];
            new SecureRandom().nextBytes(key);
            return (Base64.getEncoder().encodeToString(key) + "\n").getBytes(StandardCharsets.US_ASCII);
        };
        return parse(new String(directory.read(FILE, fresh), StandardCharsets.US_ASCII), FILE);
    }

    private static List<MasterKey> parse(String text, String where) {
        return Arrays.stream(text.split("[\\s,]+"))
                .filter(line -> !line.isEmpty())
                .map(line -> MasterKey.of(key(line, where)))
                .toList();
    }

    private static byte[] key(String line, String where) {
        try {
            byte[] key = Base64.getDecoder().decode(line);
            if (key.length == MasterKey.LENGTH) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // answered below without the content
        }
        throw Failure.of(Category.UNAVAILABLE, "KEY-4", where + " must hold keys of 32 bytes in base64")
                .exception();
    }
}
