package phr.portability;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import phr.portability.sign.ProviderKey;
import phr.portability.sign.TrustedKeys;

/** Two providers that know each other. */
final class Providers {

    static final Provider A =
            new Provider("jp.example.phr-a", "PHR A", "https://phr-a.example/fhir", "PHR gateway", "0.1");
    static final Provider B =
            new Provider("jp.example.phr-b", "PHR B", "https://phr-b.example/fhir", "PHR gateway", "0.1");
    static final ProviderKey KEY_A = ProviderKey.generate();
    static final ProviderKey KEY_B = ProviderKey.generate();
    static final TrustedKeys BOTH = kid -> {
        if (kid.equals(KEY_A.kid())) {
            return Optional.of(new TrustedKeys.TrustedKey(A.serviceId(), KEY_A.publicKey(), "https://phr-a.example"));
        }
        return kid.equals(KEY_B.kid())
                ? Optional.of(new TrustedKeys.TrustedKey(B.serviceId(), KEY_B.publicKey(), "https://phr-b.example"))
                : Optional.empty();
    };

    private Providers() {}

    static Exporter exporter(Provider provider, Path spool) {
        ProviderKey key = provider.equals(A) ? KEY_A : KEY_B;
        return new Exporter(provider, key, Clock.fixed(MemoryRecord.NOW, ZoneOffset.UTC), spool);
    }

    static byte[] export(Provider provider, MemoryRecord record, Path spool) throws IOException {
        try (PreparedPackage made = exporter(provider, spool).prepare(record, ExportOrder.userExport())) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            made.writeTo(out);
            return out.toByteArray();
        }
    }

    static Importer importer(Path spool) {
        return new Importer(BOTH, List.of(), Limits.DEFAULT, spool);
    }

    /** As the gateway does: remembers the package once everything went well. */
    static ImportResult receive(byte[] container, MemoryRecord record, Path spool) throws IOException {
        ImportResult result = importer(spool).read(record.intake(container), record);
        if (result.packageId() != null && result.tagManifest() != null && !result.held()) {
            record.packages.put(result.packageId(), result.tagManifest());
        }
        return result;
    }
}
