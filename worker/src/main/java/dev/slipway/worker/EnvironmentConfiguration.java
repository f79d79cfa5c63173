package dev.slipway.worker;

import dev.slipway.activities.Drain;
import dev.slipway.activities.bundle.BundleSource;
import dev.slipway.activities.bundle.BundleStore;
import dev.slipway.activities.bundle.Bundles;
import dev.slipway.activities.bundle.StarterBundles;
import dev.slipway.activities.bundle.StarterDiffs;
import dev.slipway.activities.check.CheckActivities;
import dev.slipway.activities.fence.FenceActivities;
import dev.slipway.activities.fence.LeaseWriters;
import dev.slipway.activities.guard.GuardActivities;
import dev.slipway.activities.helm.HelmActivities;
import dev.slipway.activities.helm.HelmSettings;
import dev.slipway.activities.kubernetes.Kubernetes;
import dev.slipway.activities.kubernetes.KubernetesPods;
import dev.slipway.activities.kubernetes.PodsActivities;
import dev.slipway.activities.load.LoadActivities;
import dev.slipway.activities.orphan.OrphanActivities;
import dev.slipway.activities.route.HttpRouteSwitch;
import dev.slipway.activities.route.RouteActivities;
import dev.slipway.activities.route.TrafficSwitch;
import dev.slipway.activities.route.Trip;
import dev.slipway.activities.seal.ApprovalSeal;
import dev.slipway.activities.seal.Seal;
import dev.slipway.activities.seal.SealRule;
import dev.slipway.activities.watch.DirectScrape;
import dev.slipway.activities.watch.PrometheusClient;
import dev.slipway.activities.watch.TripWire;
import dev.slipway.activities.watch.WatchActivities;
import dev.slipway.workflows.api.TaskQueues;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The worker of one environment: everything that touches its cluster, gateway and Prometheus, with its credentials alone. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "slipway.worker.role", havingValue = "environment")
class EnvironmentConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(EnvironmentConfiguration.class);

    @Bean
    KubernetesClient kubernetes(WorkerSettings settings) {
        return Kubernetes.client(settings.ofEnvironment().kubeconfig());
    }

    @Bean
    TrafficSwitch router(KubernetesClient kubernetes) {
        return new HttpRouteSwitch(kubernetes);
    }

    @Bean
    Bundles bundles(WorkerSettings settings) {
        WorkerSettings.Starter starter = settings.ofStarter();
        BundleSource source = new StarterBundles(starter.url(), starter::token);
        return settings.ofEnvironment()
                .cache()
                .map(folder -> new BundleStore(source, folder))
                .orElseGet(() -> BundleStore.temporary(source));
    }

    /** Which of the two it is must not be guessed: the process says so at its start. */
    @Bean
    Seal seal(WorkerSettings settings, Bundles bundles) {
        WorkerSettings.Environment environment = settings.ofEnvironment();
        Optional<SealRule> rule = environment.sealRule();
        if (rule.isEmpty()) {
            LOG.info("this worker checks no approvals itself: there is no slipway.environment.approvals");
            return Seal.NONE;
        }
        LOG.info("nothing is deployed in {} without {}", environment.name(), rule.get());
        return new ApprovalSeal(rule.get(), bundles, Clock.systemUTC());
    }

    @Bean
    HelmActivities helm(WorkerSettings settings, Bundles bundles, Seal seal) {
        WorkerSettings.Environment environment = settings.ofEnvironment();
        WorkerSettings.Starter starter = settings.ofStarter();
        return new HelmActivities(
                HelmSettings.of(environment.helm(), environment.helmDigest(), environment.kubeconfig()),
                bundles,
                new StarterDiffs(starter.url(), starter::token),
                seal);
    }

    @Bean
    GuardActivities guard(KubernetesClient kubernetes, TrafficSwitch router) {
        return new GuardActivities(kubernetes, router);
    }

    @Bean
    WatchActivities watches(
            WorkerSettings settings,
            TrafficSwitch router,
            KubernetesClient kubernetes,
            GuardActivities guard,
            WorkflowClient client,
            Drain drain) {
        TripWire wire = (route, epoch, reason) -> router.trip(route, epoch, reason) == Trip.CUT;
        WorkerSettings.Environment environment = settings.ofEnvironment();
        Optional<DirectScrape> direct = environment.scrape().direct()
                ? Optional.of(new DirectScrape(
                        KubernetesPods.of(kubernetes), environment.scrape().every()))
                : Optional.empty();
        return new WatchActivities(
                new PrometheusClient(environment.prometheus()),
                direct,
                wire,
                guard,
                client.newActivityCompletionClient(),
                drain);
    }

    @Bean
    LoadActivities loads(WorkerSettings settings, KubernetesClient kubernetes, Drain drain) {
        return new LoadActivities(
                kubernetes, LeaseWriters.of(settings.ofEnvironment().kubeconfig()), drain);
    }

    /**
     * Mutations, long watches and loads come from queues of their own, so that no number of watches keeps a rollback
     * waiting, and no number of loads a watch.
     */
    @Bean
    Duties environmentDuties(
            WorkerSettings settings,
            HelmActivities helm,
            TrafficSwitch router,
            KubernetesClient kubernetes,
            GuardActivities guard,
            LoadActivities loads,
            WatchActivities watches) {
        WorkerSettings.Environment environment = settings.ofEnvironment();
        Object[] actions = {
            helm,
            new FenceActivities(kubernetes),
            new RouteActivities(router),
            new PodsActivities(kubernetes),
            new CheckActivities(kubernetes),
            guard,
            loads,
            new OrphanActivities(kubernetes)
        };
        return factory -> {
            take(factory, TaskQueues.of(environment.environmentName()), environment.actions(), actions);
            take(factory, TaskQueues.watchOf(environment.environmentName()), environment.watches(), watches);
            take(factory, TaskQueues.loadOf(environment.environmentName()), environment.loads(), loads);
        };
    }

    private static void take(WorkerFactory factory, String queue, int atOnce, Object... activities) {
        WorkerOptions options = WorkerOptions.newBuilder()
                .setMaxConcurrentActivityExecutionSize(atOnce)
                .setAllowActivityHeartbeatDuringShutdown(true)
                .build();
        factory.newWorker(queue, options).registerActivitiesImplementations(activities);
    }
}
