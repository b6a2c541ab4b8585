package phr.gateway.keys;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready only with a master key: without it nothing can be read or kept. */
@Readiness
@ApplicationScoped
class KeysReadiness implements HealthCheck {

    private final Instance<MasterKey> key;

    KeysReadiness(Instance<MasterKey> key) {
        this.key = key;
    }

    @Override
    public HealthCheckResponse call() {
        try {
            return HealthCheckResponse.named("keys")
                    .status(key.get().secret("readiness").length == MasterKey.LENGTH)
                    .build();
        } catch (RuntimeException e) {
            return HealthCheckResponse.down("keys");
        }
    }
}
