{{/* The stable release's name: what stable and canary share is named by it. */}}
{{- define "llm-inference.sharedName" -}}
{{- if .Values.slipway.canary -}}
{{- if not (hasSuffix "-canary" .Release.Name) -}}
{{- fail (printf "slipway.canary is true, but the release is named %q: a canary's release is <release>-canary" .Release.Name) -}}
{{- end -}}
{{- trimSuffix "-canary" .Release.Name -}}
{{- else -}}
{{- .Release.Name -}}
{{- end -}}
{{- end -}}

{{- define "llm-inference.selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{/* Stable and canary at once, for shared objects that must cover both. */}}
{{- define "llm-inference.bothTracks" -}}
matchLabels:
  app.kubernetes.io/name: {{ .Chart.Name }}
matchExpressions:
  - key: app.kubernetes.io/instance
    operator: In
    values: [{{ .Release.Name | quote }}, {{ printf "%s-canary" .Release.Name | quote }}]
{{- end -}}

{{- define "llm-inference.labels" -}}
{{ include "llm-inference.selectorLabels" . }}
{{ include "llm-inference.describingLabels" . }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "llm-inference.describingLabels" -}}
app.kubernetes.io/version: {{ include "llm-inference.version" . | quote }}
app.kubernetes.io/component: model-server
app.kubernetes.io/part-of: {{ include "llm-inference.sharedName" . }}
model: {{ include "llm-inference.labelValue" .Values.model.name | quote }}
{{- with .Values.environment }}
environment: {{ include "llm-inference.labelValue" . | quote }}
{{- end }}
{{- with .Values.team }}
team: {{ include "llm-inference.labelValue" . | quote }}
{{- end }}
{{- with .Values.costCenter }}
cost-center: {{ include "llm-inference.labelValue" . | quote }}
{{- end }}
{{- end -}}

{{- define "llm-inference.labelValue" -}}
{{- regexReplaceAll "[^A-Za-z0-9._-]" (toString .) "_" | trunc 63 | trimAll "._-" -}}
{{- end -}}

{{- define "llm-inference.version" -}}
{{- $short := trimPrefix "sha256:" .Values.image.digest | trunc 12 -}}
{{- include "llm-inference.labelValue" (.Values.image.tag | default $short | default .Chart.AppVersion) -}}
{{- end -}}

{{/* repository:tag@digest: the digest decides what runs, the tag says to people what it is. */}}
{{- define "llm-inference.image" -}}
{{- $tag := .Values.image.tag -}}
{{- if not (or $tag .Values.image.digest) -}}{{- $tag = .Chart.AppVersion -}}{{- end -}}
{{- .Values.image.repository -}}
{{- with $tag }}:{{ . }}{{ end -}}
{{- with .Values.image.digest }}@{{ . }}{{ end -}}
{{- end -}}

{{- define "llm-inference.modelId" -}}
{{- if hasPrefix "hf://" .Values.model.revision -}}
{{- .Values.model.revision | trimPrefix "hf://" | splitList "@" | first -}}
{{- else -}}
{{- .Values.model.id -}}
{{- end -}}
{{- end -}}

{{- define "llm-inference.modelRevision" -}}
{{- if hasPrefix "hf://" .Values.model.revision -}}
{{- if contains "@" .Values.model.revision -}}{{- .Values.model.revision | splitList "@" | last -}}{{- end -}}
{{- else -}}
{{- .Values.model.revision -}}
{{- end -}}
{{- end -}}

{{- define "llm-inference.serviceAccountName" -}}
{{- if .Values.serviceAccount.name -}}
{{- .Values.serviceAccount.name -}}
{{- else if .Values.serviceAccount.create -}}
{{- include "llm-inference.sharedName" . -}}
{{- else -}}
default
{{- end -}}
{{- end -}}

{{- define "llm-inference.probe" -}}
httpGet: { path: {{ .path }}, port: http }
periodSeconds: {{ .periodSeconds }}
timeoutSeconds: {{ .timeoutSeconds }}
{{- end -}}
