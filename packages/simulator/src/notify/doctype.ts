const DOCTYPE = '<!DOCTYPE xml [<!ENTITY secret SYSTEM "file:///etc/hostname">]>'

/** The attack that WeChat warns every merchant of: an entity that reads a file. */
export const withDoctype = (xml: string): string =>
  `${DOCTYPE}${xml.replace('</xml>', '<device_info>&secret;</device_info></xml>')}`
