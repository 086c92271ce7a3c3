/** Apart from everything else of the host, so that only those who may see modules load it. */
export { PointsSwitch } from "@doorstep/sdk/ui-host";
