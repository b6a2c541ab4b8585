package phr.gateway.keys;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Arrays;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready only with a master key that wraps and unwraps: without it nothing can be read or kept. */
@Readiness
@ApplicationScoped
class KeysReadiness implements HealthCheck {

    private static final byte[] OWNER = {};

    private final Instance<MasterKeys> keys;

    KeysReadiness(Instance<MasterKeys> keys) {
        this.keys = keys;
    }

    @Override
    public HealthCheckResponse call() {
        try {
            byte[] probe = new byte[MasterKey.LENGTH];
            byte[] back = keys.get().unwrap(keys.get().wrap(probe, OWNER), OWNER);
            return HealthCheckResponse.named("keys")
                    .status(Arrays.equals(probe, back))
                    .build();
        } catch (RuntimeException e) {
            return HealthCheckResponse.down("keys");
        }
    }
}
