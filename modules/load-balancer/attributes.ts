/** Source: Elastic Load Balancing user guide, "HTTP header modification for your Application Load Balancer". */
export const hstsAttribute = "routing.http.response.strict_transport_security.header_value";
