package dev.slipway.authorizer;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What a call of Temporal's API is about. What is named nowhere here, also what a later version brings, is {@link #OPERATE}. */
enum Kind {
    /** What every process asks first. */
    HELLO("Check", "DescribeNamespace", "GetClusterInfo", "GetSystemInfo", "ListSearchAttributes"),

    /** Reading, with what workflows were given and have said. */
    LOOK(
            "CountSchedules",
            "CountWorkflowExecutions",
            "DescribeBatchOperation",
            "DescribeSchedule",
            "DescribeTaskQueue",
            "DescribeWorker",
            "DescribeWorkerDeployment",
            "DescribeWorkerDeploymentVersion",
            "DescribeWorkflowExecution",
            "GetNexusEndpoint",
            "GetSearchAttributes",
            "GetWorkflowExecutionHistory",
            "GetWorkflowExecutionHistoryReverse",
            "ListArchivedWorkflowExecutions",
            "ListBatchOperations",
            "ListClosedWorkflowExecutions",
            "ListNamespaces",
            "ListNexusEndpoints",
            "ListOpenWorkflowExecutions",
            "ListScheduleMatchingTimes",
            "ListSchedules",
            "ListTaskQueuePartitions",
            "ListWorkerDeployments",
            "ListWorkers",
            "ListWorkflowExecutions",
            "QueryWorkflow",
            "ScanWorkflowExecutions"),

    /** Starting workflows and speaking to them. */
    TELL(
            "CreateSchedule",
            "DeleteSchedule",
            "ExecuteMultiOperation",
            "PatchSchedule",
            "PollWorkflowExecutionUpdate",
            "RequestCancelWorkflowExecution",
            "SignalWithStartWorkflowExecution",
            "SignalWorkflowExecution",
            "StartWorkflowExecution",
            "UpdateSchedule",
            "UpdateWorkflowExecution"),

    /** What a worker says of itself. */
    WORK("RecordWorkerHeartbeat", "ShutdownWorker"),

    /** Taking an activity. */
    TAKE_ACTIVITY("PollActivityTaskQueue"),

    /** Speaking for an activity that was taken. */
    ANSWER_ACTIVITY(
            "RecordActivityTaskHeartbeat",
            "RespondActivityTaskCanceled",
            "RespondActivityTaskCompleted",
            "RespondActivityTaskFailed"),

    /** Taking the next step of a workflow. */
    TAKE_WORKFLOW("PollWorkflowTaskQueue"),

    /** Speaking for a step of a workflow that was taken. */
    ANSWER_WORKFLOW(
            "ResetStickyTaskQueue",
            "RespondQueryTaskCompleted",
            "RespondWorkflowTaskCompleted",
            "RespondWorkflowTaskFailed"),

    /**
     * Everything else: terminating, resetting, deleting, namespaces, search attributes, and the calls that answer an activity
     * by its id, whoever has taken it.
     */
    OPERATE;

    private static final Map<String, Kind> BY_METHOD = byMethod();

    private final Set<String> methods;

    Kind(String... methods) {
        this.methods = Set.of(methods);
    }

    /** @param method its bare name, such as {@code PollActivityTaskQueue} */
    static Kind of(String method) {
        return BY_METHOD.getOrDefault(method, OPERATE);
    }

    /** Bare names; empty for {@link #OPERATE}. */
    Set<String> methods() {
        return methods;
    }

    private static Map<String, Kind> byMethod() {
        Map<String, Kind> byMethod = new HashMap<>();
        for (Kind kind : values()) {
            kind.methods.forEach(method -> byMethod.put(method, kind));
        }
        return Map.copyOf(byMethod);
    }
}
