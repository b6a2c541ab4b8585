package phr.gateway.keys;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/** Takes the keys from the configured directory. */
@Dependent
final class MasterKeyFile {

    static final String NAME = "master.key";

    @Produces
    @Singleton
    static KeyDirectory directory(KeysConfig config) {
        return new KeyDirectory(config.directory(), config.generate());
    }

    @Produces
    @Singleton
    static MasterKey masterKey(KeyDirectory directory) {
        return MasterKey.of(parse(directory.read(NAME, MasterKeyFile::fresh)));
    }

    private static byte[] fresh() {
        byte[] key = new byte[MasterKey.LENGTH];
        new SecureRandom().nextBytes(key);
        return (Base64.getEncoder().encodeToString(key) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] parse(byte[] file) {
        try {
            byte[] key = Base64.getDecoder().decode(new String(file, StandardCharsets.US_ASCII).strip());
            if (key.length == MasterKey.LENGTH) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // answered below without the content of the file
        }
        throw Failure.of(Category.UNAVAILABLE, "KEY-4", NAME + " must hold 32 bytes in base64")
                .exception();
    }
}
