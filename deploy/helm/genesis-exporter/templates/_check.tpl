{{/* What a schema can't say: combinations that can't work, each refused with what to do. */}}
{{- define "genesis-exporter.check" -}}
{{- $values := .Values }}
{{- if eq $values.shape "sidecar" }}
{{- range list "persistence" "ingress" "httpRoute" }}
{{- if (index $values .).enabled }}
{{- fail (printf "%s.enabled is for shape central: with shape sidecar the chart makes no pod.%s" . (ternary " Name a volume of the Genesis pod in sidecar.storageVolume." "" (eq . "persistence"))) }}
{{- end }}
{{- end }}
{{- end }}
{{- if and $values.persistence.enabled (gt (int $values.replicas) 1) }}
{{- fail (printf "replicas is %d, and persistence.enabled puts all of them on one claim, to which one exporter can write. Set replicas to 1, or persistence.enabled to false." (int $values.replicas)) }}
{{- end }}
{{- if and $values.persistence.enabled (ne (dig "type" "Recreate" $values.strategy) "Recreate") }}
{{- fail "strategy.type must be Recreate with persistence.enabled: two exporters can't write to one claim, not even during a rollout." }}
{{- end }}
{{- if and $values.persistence.enabled (hasKey $values.strategy "rollingUpdate") }}
{{- fail "strategy.rollingUpdate can't be with persistence.enabled: the strategy is Recreate." }}
{{- end }}
{{- if and $values.ingress.enabled (not $values.ingress.hosts) }}
{{- fail "ingress.enabled needs ingress.hosts, such as {host: ops.example.com}." }}
{{- end }}
{{- if and $values.httpRoute.enabled (not $values.httpRoute.parentRefs) }}
{{- fail "httpRoute.enabled needs httpRoute.parentRefs, such as {name: public, namespace: gateways}." }}
{{- end }}
{{- end }}
