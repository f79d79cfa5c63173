package dev.slipway.starter;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ServiceName;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.web.servlet.config.annotation.AsyncSupportConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The access check before every handler, ids in paths, and the threads of event streams. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {
    /** Event streams at one time; each holds a thread, so that a slow reader delays nobody else. */
    static final int STREAMS = 256;

    private final AccessCheck access;

    WebConfiguration(AccessCheck access) {
        this.access = access;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(access);
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, ReleaseId.class, ReleaseId::parse);
        registry.addConverter(String.class, ServiceName.class, ServiceName::new);
        registry.addConverter(String.class, EnvironmentName.class, EnvironmentName::new);
    }

    @Override
    public void configureAsyncSupport(AsyncSupportConfigurer configurer) {
        ThreadPoolTaskExecutor streams = new ThreadPoolTaskExecutor();
        streams.setCorePoolSize(0);
        streams.setMaxPoolSize(STREAMS);
        streams.setQueueCapacity(0);
        streams.setDaemon(true);
        streams.setThreadNamePrefix("events-");
        streams.initialize();
        configurer.setTaskExecutor(streams);
        configurer.setDefaultTimeout(-1);
    }
}
