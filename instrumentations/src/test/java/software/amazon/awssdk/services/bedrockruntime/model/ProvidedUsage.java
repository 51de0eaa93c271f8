package software.amazon.awssdk.services.bedrockruntime.model;

/** Like the SDK's {@code TokenUsage}, in its package: Spring AI passes the SDK's own object on. */
public record ProvidedUsage(Integer cacheReadInputTokens, Integer cacheWriteInputTokens) {}
