package phr.gateway.subscriptions;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of subscriptions. */
@ConfigMapping(prefix = "phr.subscriptions")
public interface SubscriptionsConfig {

    /** How many one client may have on one person. */
    @WithDefault("20")
    int most();

    /** An endpoint that has failed for so long is called no more; its subscription is off. */
    @WithDefault("72H")
    Duration giveUp();
}
