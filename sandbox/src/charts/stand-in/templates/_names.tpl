{{- define "stand-in.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride -}}
{{- else if contains .Chart.Name .Release.Name -}}
{{- .Release.Name -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name -}}
{{- end -}}
{{- end -}}

{{- define "stand-in.serviceAccount" -}}
{{- dig "name" "" (.Values.serviceAccount | default dict) | default (include "stand-in.fullname" .) -}}
{{- end -}}
