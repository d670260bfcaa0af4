@document:gitops-plan
Feature: The services of the homelab answer

  Each service is asked the way its users ask it. Running is not enough.

  @criterion:BASE-PROM-01 @core @mode:throwaway @mode:live
  Rule: Prometheus is ready, and every target it declares is up

  @criterion:BASE-PG-01 @extended @mode:throwaway @mode:live
  Rule: PostgreSQL answers queries and keeps its data across pod restarts

  @criterion:BASE-REDIS-01 @extended @mode:throwaway @mode:live
  Rule: Redis answers and keeps its keys across pod restarts

  @criterion:BASE-N8N-01 @extended @mode:throwaway @mode:live
  Rule: N8n is healthy and ready

  @criterion:BASE-FLOWISE-01 @extended @mode:throwaway @mode:live
  Rule: Flowise answers its ping

  @criterion:BASE-REG-01 @extended @mode:throwaway @mode:live
  Rule: The registry takes a blob and gives it back unchanged
