{{- define "genesis-exporter.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "genesis-exporter.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- $name := include "genesis-exporter.name" . }}
{{- ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "genesis-exporter.selectorLabels" -}}
app.kubernetes.io/name: {{ include "genesis-exporter.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "genesis-exporter.labels" -}}
{{ include "genesis-exporter.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "genesis-exporter.image" -}}
{{- $image := .Values.image -}}
{{- with $image.registry }}{{ . }}/{{ end }}{{ $image.repository }}
{{- if $image.digest }}@{{ $image.digest }}{{ else }}:{{ $image.tag | default .Chart.AppVersion }}{{ end }}
{{- end }}

{{- define "genesis-exporter.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "genesis-exporter.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Below which all routes are; empty at the root. The exporter makes it of both flags by the same rule. */}}
{{- define "genesis-exporter.prefix" -}}
{{- regexReplaceAll "/+$" (.Values.web.routePrefix | default (urlParse .Values.web.externalUrl).path) "" }}
{{- end }}

{{/* The flags that both shapes have in common. */}}
{{- define "genesis-exporter.args" -}}
{{- with .Values.web.externalUrl }}
- {{ printf "--web.external-url=%s" . | quote }}
{{- end }}
{{- with .Values.web.routePrefix }}
- {{ printf "--web.route-prefix=%s" . | quote }}
{{- end }}
{{- with .Values.extraArgs }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Image, probes and security of the exporter's container: the same in both shapes. */}}
{{- define "genesis-exporter.containerBase" -}}
name: genesis-exporter
image: {{ include "genesis-exporter.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
ports:
  - {name: http, containerPort: 14569, protocol: TCP}
livenessProbe:
  httpGet: {path: '{{ include "genesis-exporter.prefix" . }}/-/healthy', port: 14569, scheme: {{ .Values.webConfig.scheme }}}
  {{- toYaml .Values.livenessProbe | nindent 2 }}
readinessProbe:
  httpGet: {path: '{{ include "genesis-exporter.prefix" . }}/-/ready', port: 14569, scheme: {{ .Values.webConfig.scheme }}}
  {{- toYaml .Values.readinessProbe | nindent 2 }}
resources:
  {{- toYaml .Values.resources | nindent 2 }}
securityContext:
  {{- toYaml .Values.securityContext | nindent 2 }}
{{- end }}

{{/* The container for a Genesis pod, also for a chart that has this one as a dependency. */}}
{{- define "genesis-exporter.sidecar" -}}
{{ include "genesis-exporter.containerBase" . }}
{{- $args := list }}
{{- if .Values.sidecar.homeVolume }}
{{- $args = append $args (printf "--genesis.home=%s" .Values.sidecar.homePath) }}
{{- end }}
{{- if .Values.sidecar.storageVolume }}
{{- $args = append $args "--storage.path=/var/lib/genesis-exporter" }}
{{- end }}
{{- with concat $args (include "genesis-exporter.args" . | fromYamlArray) }}
args:
  {{- toYaml . | nindent 2 }}
{{- end }}
env:
  - name: POD_NAMESPACE
    valueFrom: {fieldRef: {fieldPath: metadata.namespace}}
  - name: POD_NAME
    valueFrom: {fieldRef: {fieldPath: metadata.name}}
  - name: GENESIS_EXPORTER_GENESIS_NODE_NAME
    value: {{ .Values.sidecar.nodeName | quote }}
  {{- with .Values.extraEnv }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- if or .Values.sidecar.homeVolume .Values.sidecar.storageVolume .Values.extraVolumeMounts }}
volumeMounts:
  {{- with .Values.sidecar.homeVolume }}
  - {name: {{ . }}, mountPath: {{ $.Values.sidecar.homePath }}, readOnly: true}
  {{- end }}
  {{- with .Values.sidecar.storageVolume }}
  - {name: {{ . }}, mountPath: /var/lib/genesis-exporter}
  {{- end }}
  {{- with .Values.extraVolumeMounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}
{{- end }}
