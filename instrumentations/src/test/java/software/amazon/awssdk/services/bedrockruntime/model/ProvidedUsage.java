package software.amazon.awssdk.services.bedrockruntime.model;

/** As the SDK's {@code TokenUsage}, in its package: Spring AI hands the SDK's own object on. */
public record ProvidedUsage(Integer cacheReadInputTokens, Integer cacheWriteInputTokens) {}
