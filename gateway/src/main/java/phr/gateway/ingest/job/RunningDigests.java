package phr.gateway.ingest.job;

import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.Sha256;

/**
 * Digests of files that arrive. Bytes that have arrived never change, so a digest is good for whoever goes on where it stands;
 * one that is not here, because another node or an earlier process took a part in, is made from the whole file. Thread-safe.
 */
final class RunningDigests {

    private static final int MOST = 200;

    private final Map<UUID, Running> running = new LinkedHashMap<>(16, 0.75f, true);

    private record Running(long arrived, MessageDigest digest) {}

    /** Of so many first bytes of a file, and no longer here; null when not all of them have been seen here. */
    synchronized @Nullable MessageDigest take(UUID file, long arrived) {
        Running known = running.remove(file);
        if (known != null && known.arrived() == arrived) {
            return known.digest();
        }
        return arrived == 0 ? Sha256.digester() : null;
    }

    /** @param digest null when there is none */
    synchronized void keep(UUID file, long arrived, @Nullable MessageDigest digest) {
        if (digest != null) {
            running.put(file, new Running(arrived, digest));
        }
        if (running.size() > MOST) {
            running.remove(running.keySet().iterator().next());
        }
    }
}
