import type { IsoDate } from "../schema/iso-date";

/**
 * The day on which the dates of components and Kubernetes versions were last held against their sources. What had ended
 * by then is refused without an acknowledgement; what ends later warns. So the same version of this project treats an
 * environment alike on every day, and no date stops what runs. Whoever renews it says in CHANGELOG.md what that refuses.
 */
export const checkedOn: IsoDate = "2026-11-25";
